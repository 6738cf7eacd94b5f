import { Pencil, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { answerQuestion, type ClientMessage, resend, takeBack, useThreadView } from "@/lib/client/threads";
import { documentsOf, imagesOf, textOf } from "@/lib/messages/message";
import { draftOf } from "../composer/drafts";
import { focusComposer, returnToComposer } from "../composer/focus";
import { DocumentChips } from "../document/chips";
import { Gallery } from "../image/gallery";
import { Button, IconButton } from "../ui/button";
import { useOnDemand } from "../ui/on-demand";
import { Actions } from "./actions";
import { BranchWalker } from "./branch-walker";
import { Breakable } from "./breakable";
import { CopyButton } from "./copy-button";
import { beginEditing, endEditing, useEditing } from "./editing";
import { MessageMenu } from "./message-menu";
import { ProblemSentence } from "./sentences";

interface Props {
  threadId: string;
  message: ClientMessage;
  /** The end of the branch: nothing answers it. */
  last: boolean;
}

/** What a person said: pictures, then text as it was typed; in its place a field while it is edited. */
export function Question({ threadId, message, last }: Props) {
  const t = useTranslations("chat");
  const Editor = useEditor(message.id);
  const unsent = message.delivery === "unsent";
  return (
    <div className="flex flex-col items-end">
      <h2 className="sr-only">{t("youSaid")}</h2>
      {Editor ? <Editor threadId={threadId} message={message} /> : <Said message={message} />}
      {unsent && !Editor && <Unsent threadId={threadId} message={message} />}
      {!unsent && (
        <QuestionActions threadId={threadId} message={message} last={last} editing={Editor !== null} />
      )}
    </div>
  );
}

const loadEditor = async () => (await import("./edit-question")).EditQuestion;

/** The field, once it is asked for and loaded; null while the question is only shown. */
function useEditor(messageId: string) {
  const editing = useEditing(messageId);
  const { View, ask } = useOnDemand(loadEditor);
  const begin = useEffectEvent(async () => {
    if (!(await ask())) endEditing();
  });
  useEffect(() => {
    if (editing) void begin();
  }, [editing]);
  return editing ? View : null;
}

function Said({ message }: { message: ClientMessage }) {
  const text = textOf(message);
  const images = imagesOf(message);
  const documents = documentsOf(message);
  const attached = images.length + documents.length > 0;
  const unsent = message.delivery === "unsent";
  return (
    <div
      className={`flex max-w-[min(100%,36rem)] flex-col gap-3 rounded-lg border bg-raised ${unsent ? "border-danger" : "border-line"} ${attached ? "p-3" : "px-4 py-2.5"}`}
    >
      {images.length > 0 && <Gallery images={images} messageId={message.delivery ? undefined : message.id} />}
      {documents.length > 0 && <DocumentChips documents={documents} />}
      {text && (
        <p dir="auto" className={`whitespace-pre-wrap wrap-anywhere leading-[1.6] ${attached ? "px-1" : ""}`}>
          <Breakable text={text} />
        </p>
      )}
    </div>
  );
}

function QuestionActions({ threadId, message, last, editing }: Props & { editing: boolean }) {
  const t = useTranslations("conversation");
  const text = textOf(message);
  const walker = <BranchWalker threadId={threadId} messageId={message.id} />;
  if (editing) return <Actions atEnd beside={walker} />;
  return (
    <>
      <Actions atEnd beside={walker}>
        {text && <CopyButton text={text} />}
        <IconButton
          data-edit=""
          label={t("edit.do")}
          onClick={() => beginEditing(message.id)}
          className="text-muted hover:text-ink"
        >
          <Pencil size={16} aria-hidden="true" />
        </IconButton>
        {!message.delivery && <MessageMenu threadId={threadId} message={message} />}
      </Actions>
      {last && !message.delivery && <Unanswered threadId={threadId} message={message} />}
    </>
  );
}

/** A question whose answer was deleted, or at which the thread was forked. */
function Unanswered({ threadId, message }: { threadId: string; message: ClientMessage }) {
  const t = useTranslations("conversation");
  const answer = () => {
    answerQuestion(threadId, message.id);
    returnToComposer();
  };
  return (
    <div className="mb-3 flex flex-col items-start gap-2 self-start">
      {message.problem && <ProblemSentence problem={message.problem} />}
      <Button onClick={answer}>
        <RotateCw size={16} aria-hidden="true" />
        {t("answerIt")}
      </Button>
    </div>
  );
}

function Unsent({ threadId, message }: { threadId: string; message: ClientMessage }) {
  const t = useTranslations("chat");
  const isVersion = useThreadView(threadId).siblings.has(message.id);
  const edit = () => {
    if (isVersion) return beginEditing(message.id);
    const draft = takeBack(threadId, message.id);
    if (draft) draftOf(threadId).restore(draft);
    requestAnimationFrame(focusComposer);
  };
  const again = () => {
    resend(threadId, message.id);
    returnToComposer();
  };
  return (
    <div className="mt-2 mb-3 flex max-w-xl flex-col items-end gap-2 text-end text-sm">
      {message.problem && <ProblemSentence problem={message.problem} />}
      <div className="flex gap-2">
        <Button onClick={edit}>{t("edit")}</Button>
        <Button onClick={again}>{t("tryAgain")}</Button>
      </div>
    </div>
  );
}
