import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { problemOf } from "@/lib/client/api";
import { useThreadView, walk } from "@/lib/client/threads";
import { IconButton } from "../ui/button";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast";

interface Props {
  threadId: string;
  messageId: string;
}

/** Walks the versions of a message: `< 2/3 >`. Nothing where there is only one. */
export function BranchWalker({ threadId, messageId }: Props) {
  const t = useTranslations("conversation.branch");
  const sentence = useProblemSentence();
  const place = useThreadView(threadId).siblings.get(messageId);
  if (!place) return null;
  const { position, count, previousId, nextId } = place;
  const go = (id: string | null, way: Way) => (event: MouseEvent<HTMLElement>) => {
    if (id === null) return;
    leaveEnd(event.currentTarget);
    // React has drawn the other turn by then; a frame later the next key would already have gone elsewhere.
    const opened = () => queueMicrotask(() => focusWalker(id, way));
    walk(threadId, id, opened).catch((error) => toast({ text: sentence(problemOf(error)), bad: true }));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset
    <div role="group" aria-label={t("place", { position, count })} className="flex items-center">
      <IconButton
        label={t("previous")}
        data-walk="previous"
        aria-disabled={previousId === null}
        onClick={go(previousId, "previous")}
        className={ARROW}
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      <span aria-hidden="true" className="min-w-8 text-center text-sm tabular-nums">
        {t("short", { position, count })}
      </span>
      <IconButton
        label={t("next")}
        data-walk="next"
        aria-disabled={nextId === null}
        onClick={go(nextId, "next")}
        className={ARROW}
      >
        <ChevronRight size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

type Way = "previous" | "next";

// Not `disabled`: that would lose the focus at the last version.
const ARROW =
  "w-8 pointer-coarse:w-11 hover:text-ink aria-disabled:opacity-40 aria-disabled:hover:bg-transparent";

/** The turn is another one now; whoever walks by keyboard goes on from the same arrow. */
const focusWalker = (messageId: string, way: Way) =>
  document
    .querySelector<HTMLElement>(`[data-turn="${messageId}"] [data-walk="${way}"]`)
    ?.focus({ preventScroll: true });

/** A longer version must not carry the arrows out of sight by keeping the end in view. */
const leaveEnd = (button: HTMLElement) => button.dispatchEvent(new Event("leave-end", { bubbles: true }));
