import "./markdown/markdown.css";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ClientMessage, goOn, retry, useMessage } from "@/lib/client/threads";
import { isContinuable, textOf } from "@/lib/messages/message";
import { later } from "../ui/later";
import { Actions } from "./actions";
import { AnswerText } from "./answer-text";
import { BranchWalker } from "./branch-walker";
import { ContinueButton } from "./continue-button";
import { CopyButton } from "./copy-button";
import { Ending } from "./ending";
import { MessageMenu } from "./message-menu";
import { RetryButton } from "./retry-button";
import { UsageButton } from "./usage-button";
import { Waiting } from "./waiting";

const UsageDetails = later(async () => (await import("./usage-details")).default);

interface Props {
  threadId: string;
  message: ClientMessage;
  last: boolean;
}

/** What the model answered, as it grows and when it has ended, however it did. */
export function Answer({ threadId, message, last }: Props) {
  const t = useTranslations("chat");
  const text = textOf(message);
  const running = message.status === "running";
  return (
    <div>
      <h2 className="sr-only">{t("answer")}</h2>
      <AnswerText messageId={message.id} text={text} running={running} />
      {running && <Waiting begun={text !== ""} wait={message.waiting} />}
      {!running && <Ending message={message} />}
      <AnswerActions threadId={threadId} message={message} last={last} text={running ? "" : text} />
    </div>
  );
}

interface ActionsProps extends Props {
  text: string;
}

function AnswerActions({ threadId, message, last, text }: ActionsProps) {
  const [shown, setShown] = useState(false);
  const { id, status } = message;
  // A call that the provider refused cost nothing worth telling.
  const usage =
    message.usage && message.usage.inputTokens + message.usage.outputTokens > 0 ? message.usage : null;
  const walker = <BranchWalker threadId={threadId} messageId={id} />;
  // The row is there while the answer is written, so that nothing moves when it ends.
  if (status === "running") return <Actions beside={walker} />;
  return (
    <>
      <Actions shown={last || shown} beside={walker}>
        {text && <CopyButton text={text} />}
        {last && isContinuable(message) && <ContinueButton onContinue={() => goOn(threadId, id)} />}
        <Retry threadId={threadId} message={message} />
        {usage && <UsageButton id={id} shown={shown} onShown={setShown} />}
        <MessageMenu threadId={threadId} message={message} />
      </Actions>
      {usage && shown && <UsageDetails id={id} usage={usage} generationId={message.generationId} />}
    </>
  );
}

/** Another answer beside this one, to the question that it answers, where that was not deleted. */
function Retry({ threadId, message }: { threadId: string; message: ClientMessage }) {
  const question = useMessage(threadId, message.parentId ?? "");
  if (question?.role !== "user" || question.delivery) return null;
  return <RetryButton message={message} onRetry={() => retry(threadId, question.id, message.id)} />;
}
