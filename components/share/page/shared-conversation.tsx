import { Copy, FileText } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Markdown } from "@/components/message/markdown/markdown";
import type { SnapshotMessage, SnapshotPart } from "@/lib/shares/snapshot";
import type { OpenShare } from "@/lib/shares/viewing";
import { InPiece, pausesOf } from "./in-pieces";
import { REDACTED_ID } from "./redactions";

interface Props {
  share: OpenShare;
  pictures: string;
  /** Null: nobody else can open it yet. */
  path: string | null;
  own?: boolean;
}

/** The title, who shares it, and every message, each under a heading that says whose it is. */
export function SharedConversation({
  share: { title, snapshot, allowContinue },
  pictures,
  path,
  own,
}: Props) {
  const t = useTranslations("sharePage");
  const { by } = snapshot;
  const pauses = pausesOf(snapshot.messages.length);
  const numbers = firstNumbers(snapshot.messages);
  const from = by ? t("by", { name: by }) : t("byNobody");
  return (
    <article>
      <span id={REDACTED_ID} hidden>
        {t("redacted")}
      </span>
      <header className="top">
        <h1 dir="auto">{title}</h1>
        <p className="about">
          <strong>{t("reading")}</strong> {!own && from}
        </p>
      </header>
      <ol className="turns">
        {snapshot.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a snapshot never changes
          <li key={index} className={message.role}>
            <InPiece pause={pauses[index] ?? null}>
              <Turn
                message={message}
                by={by}
                pictures={pictures}
                beside={path === null}
                number={numbers[index] ?? 1}
              />
            </InPiece>
          </li>
        ))}
      </ol>
      <footer className="end">
        <p>{t("mistakes")}</p>
        {allowContinue && (
          <a className="primary" href={path ? `/continue${path.slice(2)}` : undefined}>
            {t("continue")}
          </a>
        )}
      </footer>
    </article>
  );
}

interface TurnProps {
  message: SnapshotMessage;
  by: string | null;
  pictures: string;
  /** A picture opens beside this page: nothing else may be framed where the preview is. */
  beside: boolean;
  /** Of its first picture, from 1. */
  number: number;
}

function Turn({ message: { role, parts, at }, by, pictures, beside, number }: TurnProps) {
  const t = useTranslations("sharePage");
  const format = useFormatter();
  const source = role === "assistant" && textIn(parts);
  const images = parts.filter((part) => part.type === "image");
  const said = parts.filter((part) => part.type !== "image");
  return (
    <>
      <div className="who">
        <h2>{role === "assistant" ? t("ai") : (by ?? t("person"))}</h2>
        {at && <time dateTime={at}>{format.dateTime(new Date(at), WRITTEN)}</time>}
        {said.length > 0 && (
          <button type="button" data-copy="" aria-label={t("copyMessage")} title={t("copyMessage")}>
            <Copy size={16} aria-hidden="true" />
          </button>
        )}
      </div>
      <div className="said">
        {images.length > 0 && (
          <ul className="pictures">
            {images.map(({ id, width, height }, index) => (
              <li key={id}>
                <a href={`${pictures}/${id}`} {...(beside && { target: "_blank", rel: "noopener" })}>
                  {/* biome-ignore lint/performance/noImgElement: private, so nothing may optimise and cache it */}
                  <img
                    src={`${pictures}/${id}`}
                    width={width}
                    height={height}
                    alt={t("picture", { number: number + index })}
                    decoding="async"
                  />
                </a>
              </li>
            ))}
          </ul>
        )}
        {said.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a snapshot never changes
          <Said key={index} part={part} markdown={role === "assistant"} />
        ))}
        {parts.length === 0 && <p className="left-out">{t("leftOut")}</p>}
      </div>
      {/* Never shown: the Markdown, for the button that copies it. */}
      {source && <template>{source}</template>}
    </>
  );
}

/** With its zone, which is not the reader's: nothing tells the server where they are. */
const WRITTEN = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
} as const;

const textIn = (parts: readonly SnapshotPart[]): string =>
  parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");

function Said({ part, markdown }: { part: SnapshotPart; markdown: boolean }) {
  if (part.type === "document") {
    return (
      <p className="document">
        <FileText size={16} aria-hidden="true" /> <span dir="auto">{part.name}</span>
      </p>
    );
  }
  if (part.type === "image") return null;
  if (markdown) return <Markdown text={part.text} />;
  return (
    <p dir="auto" className="plain">
      {part.text}
    </p>
  );
}

/** Of each message's first picture. They are counted through the conversation: their own names may be private. */
function firstNumbers(messages: readonly SnapshotMessage[]): number[] {
  let next = 1;
  return messages.map(({ parts }) => {
    const first = next;
    next += parts.filter(({ type }) => type === "image").length;
    return first;
  });
}
