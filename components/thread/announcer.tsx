import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { useStores } from "@/lib/client/stores";
import { useThreadView } from "@/lib/client/threads";
import { textOf } from "@/lib/messages/message";
import { spoken, wordsIn } from "./spoken";

/** Words up to which a finished answer is read out whole. */
const SHORT = 60;

/**
 * Tells screen readers that an answer is being written, and once it is there, what it says. The transcript itself is
 * no live region: that would read every word as it comes.
 */
export function Announcer({ threadId }: { threadId: string }) {
  const t = useTranslations("chat");
  const { threads } = useStores();
  const { runningId } = useThreadView(threadId);
  const [said, setSaid] = useState("");

  const ended = useEffectEvent((messageId: string) => {
    const message = threads.of(threadId).message(messageId);
    if (!message || message.status === "running") return setSaid("");
    // A failure is an alert of its own.
    if (message.status !== "complete") return setSaid(message.status === "failed" ? "" : t(message.status));
    const text = spoken(textOf(message));
    const words = wordsIn(text);
    setSaid(words > SHORT ? t("answerReady", { words }) : text);
  });
  const begun = useEffectEvent(() => setSaid(t("answering")));

  useEffect(() => {
    if (!runningId) return;
    begun();
    return () => ended(runningId);
  }, [runningId]);

  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
