import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useProblemSentence } from "@/components/ui/sentences";
import { toast } from "@/components/ui/toast";
import { problemOf } from "@/lib/client/api";
import { renameThread } from "@/lib/client/thread-list";
import { LONGEST_TITLE, type ThreadSummary } from "@/lib/threads/thread";

interface RenameFieldProps {
  thread: ThreadSummary;
  /** By Enter or Esc, else by leaving it. */
  onEnd: (byKeyboard: boolean) => void;
}

/** The title as a field: Enter and leaving it save, Esc gives up. */
export function RenameField({ thread, onEnd }: RenameFieldProps) {
  const t = useTranslations("sidebar");
  const sentence = useProblemSentence();
  const [title, setTitle] = useState(thread.title);
  const field = useRef<HTMLInputElement>(null);
  const given = useRef(false);
  useEffect(() => field.current?.select(), []);

  const end = async (save: boolean, byKeyboard: boolean) => {
    // Leaving the field follows Enter and Esc.
    if (given.current) return;
    given.current = true;
    onEnd(byKeyboard);
    const wanted = title.trim();
    if (!save || wanted === "" || wanted === thread.title) return;
    await renameThread(thread.id, wanted).catch((error) =>
      toast({ text: sentence(problemOf(error)), bad: true }),
    );
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    void end(event.key === "Enter", true);
  };
  return (
    <input
      ref={field}
      aria-label={t("newTitle")}
      value={title}
      maxLength={LONGEST_TITLE}
      dir="auto"
      onChange={(event) => setTitle(event.target.value)}
      onKeyDown={pressed}
      onBlur={() => void end(true, false)}
      className="h-9 w-full rounded-sm border border-control bg-surface px-1.75 text-sm outline-offset-0 pointer-coarse:h-11 pointer-coarse:text-base"
    />
  );
}
