import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DocumentPart } from "@/lib/messages/message";
import { Preview } from "./preview-loader";

/** The documents of a message: name, pages and what they cost; each opens as text. */
export function DocumentChips({ documents }: { documents: readonly DocumentPart[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {documents.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same document may be there twice, and none ever moves
        <li key={index} className="min-w-0">
          <Chip part={part} />
        </li>
      ))}
    </ul>
  );
}

function Chip({ part }: { part: DocumentPart }) {
  const t = useTranslations("document");
  const [shown, setShown] = useState(false);
  const { documentId, name, pages, firstPage, lastPage, tokens, context } = part;
  const whole = firstPage === 1 && lastPage === pages;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setShown(true)}
        className="flex min-h-11 w-full max-w-full items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 text-start text-sm leading-5 hover:border-control"
      >
        <FileText size={20} aria-hidden="true" className="shrink-0 text-muted" />
        <span className="min-w-0">
          <span className="block truncate font-medium">{name}</span>
          <span className="block text-muted tabular-nums">
            {whole ? t("pages", { pages }) : t("chosen", { first: firstPage, last: lastPage, pages })} ·{" "}
            {context === "dropped" ? t("context.leftOut") : t("tokens", { tokens })}
          </span>
        </span>
      </button>
      {shown && (
        <Preview
          documentId={documentId}
          name={name}
          pages={pages}
          firstPage={firstPage}
          onClose={() => setShown(false)}
        />
      )}
    </>
  );
}
