import { memo } from "react";
import { useMessage } from "@/lib/client/threads";
import { cx } from "../ui/cx";
import { Answer } from "./answer";
import { Question } from "./question";

interface Props {
  threadId: string;
  messageId: string;
  /** The end of the branch. */
  last: boolean;
  /** Far up: drawn when it comes near the screen. */
  far: boolean;
}

const FAR =
  "[contain-intrinsic-block-size:auto_200px] [content-visibility:auto] group-data-whole/turns:[content-visibility:visible]";

/** Where a link led: a bar beside it. */
const LANDED =
  "relative rounded-md outline-none before:absolute before:inset-y-0 before:-left-3 before:w-0.75 before:rounded-full before:bg-accent before:opacity-0 before:transition-opacity before:duration-180 data-landed:bg-accent-soft/50 data-landed:before:opacity-100";

/** One message of a thread. It alone is drawn again while it streams. */
export const Turn = memo(function Turn({ threadId, messageId, last, far }: Props) {
  const message = useMessage(threadId, messageId);
  if (!message) return null;
  return (
    <article data-turn={messageId} className={cx("group/turn", LANDED, far && FAR)}>
      {message.role === "user" ? (
        <Question threadId={threadId} message={message} last={last} />
      ) : (
        <Answer threadId={threadId} message={message} last={last} />
      )}
    </article>
  );
});
