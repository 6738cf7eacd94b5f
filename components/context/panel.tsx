"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import {
  CONTEXT_KINDS,
  CONTEXT_TOKENS,
  type ContextKind,
  type ContextTokens,
  type ThreadContext,
  totalOf,
} from "@/lib/context/context";
import { IconButton } from "../ui/button";
import { cx } from "../ui/cx";
import { Dialog } from "../ui/dialog";
import { DocumentRow } from "./document-row";
import { ImageRow } from "./image-row";

export interface PanelProps {
  /** Null while it is not known, and for a new thread. */
  context: ThreadContext | null;
  draft: ContextTokens;
  onClose: () => void;
}

const COLOURS: Record<ContextKind | "draft", string> = {
  text: "bg-accent",
  images: "bg-signal",
  words: "bg-ok",
  documents: "bg-muted",
  draft: "bg-control",
};

/** What the next question takes along, and for each picture and document the choice what of it. */
export function Panel({ context, draft, onClose }: PanelProps) {
  const t = useTranslations("context");
  const format = useFormatter();
  const heading = useId();
  const rows: [kind: ContextKind | "draft", tokens: number][] = [
    ...CONTEXT_KINDS.map((kind): [ContextKind, number] => [kind, context?.tokens[kind] ?? 0]),
    ["draft", totalOf(draft)],
  ];
  const total = rows.reduce((sum, [, tokens]) => sum + tokens, 0);
  const { images, documents } = context ?? { images: [], documents: [] };
  return (
    <Dialog open onClose={onClose} labelledBy={heading} className="max-h-[85dvh] max-w-xl">
      <div className="flex max-h-[85dvh] flex-col">
        <div className="flex items-start gap-2 p-5 pb-0">
          <div className="flex-1">
            <h2 id={heading} className="font-semibold text-lg">
              {t("title")}
            </h2>
            <p className="mt-0.5 text-muted text-sm tabular-nums">
              {t(context && !context.careful ? "rough" : "total", { tokens: total, limit: CONTEXT_TOKENS })}
            </p>
          </div>
          <IconButton label={t("close")} onClick={onClose} className="-mt-1 -mr-1">
            <X size={18} aria-hidden="true" />
          </IconButton>
        </div>
        <div className="overflow-y-auto p-5 pt-4">
          <div aria-hidden="true" className="flex h-2.5 gap-px overflow-hidden rounded-full bg-raised">
            {rows.map(([kind, tokens]) => (
              <span
                key={kind}
                className={COLOURS[kind]}
                style={{ width: `${Math.min(100, (tokens / Math.max(CONTEXT_TOKENS, total)) * 100)}%` }}
              />
            ))}
          </div>
          <dl className="mt-4 grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1.5 text-sm">
            {rows.map(
              ([kind, tokens]) =>
                (tokens > 0 || kind === "text" || kind === "images") && (
                  <div key={kind} className="col-span-3 grid grid-cols-subgrid items-center">
                    <span aria-hidden="true" className={cx("size-2.5 rounded-full", COLOURS[kind])} />
                    <dt>{t(`kind.${kind}`)}</dt>
                    <dd className="text-end text-muted tabular-nums">{format.number(tokens)}</dd>
                  </div>
                ),
            )}
          </dl>
          {images.length > 0 && (
            <Section heading={t("images", { count: images.length })} hint={t("imagesHint")}>
              {images.map(({ messageId, image }) => (
                <ImageRow key={`${messageId}/${image.imageId}`} messageId={messageId} image={image} />
              ))}
            </Section>
          )}
          {documents.length > 0 && (
            <Section heading={t("documents", { count: documents.length })} hint={t("documentsHint")}>
              {documents.map(({ messageId, document }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a message may have a document twice, and none ever moves
                <DocumentRow key={`${messageId}/${index}`} messageId={messageId} document={document} />
              ))}
            </Section>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** What can be kept or left out, one by one. */
function Section({ heading, hint, children }: { heading: string; hint: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-6">
      <h3 id={id} className="font-medium text-sm">
        {heading}
      </h3>
      <p className="mt-0.5 text-muted text-sm">{hint}</p>
      <ul className="mt-3 flex flex-col gap-2">{children}</ul>
    </section>
  );
}
