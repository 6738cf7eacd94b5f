import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DocumentDraft } from "./document-draft";
import type { ReadyDocument } from "./tiles";

/** From which page to which a document is sent. What is half typed counts once it makes sense. */
export function PageRange({ draft, tile }: { draft: DocumentDraft; tile: ReadyDocument }) {
  const t = useTranslations("document");
  const { key, firstPage, lastPage } = tile;
  const { pages, name } = tile.document;
  return (
    <fieldset className="flex items-center gap-2 text-sm" disabled={tile.drawn !== null}>
      <legend className="sr-only">{t("choose", { name })}</legend>
      <span>{t("from")}</span>
      <PageField
        label={t("firstPage")}
        page={firstPage}
        least={1}
        most={pages}
        onPage={(page) => draft.choose(key, page, Math.max(page, lastPage))}
      />
      <span>{t("to")}</span>
      <PageField
        label={t("lastPage")}
        page={lastPage}
        least={firstPage}
        most={pages}
        onPage={(page) => draft.choose(key, Math.min(page, firstPage), page)}
      />
      <span className="text-muted tabular-nums">{t("of", { pages })}</span>
    </fieldset>
  );
}

interface PageFieldProps {
  label: string;
  page: number;
  least: number;
  most: number;
  onPage: (page: number) => void;
}

/** A page's number, to be typed; what is half typed counts once it is one of the document's. */
export function PageField({ label, page, least, most, onPage }: PageFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (value: string, from: number) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= from && number <= most) onPage(number);
  };
  const changed = (value: string) => {
    setTyped(value);
    take(value, least);
  };
  // A number below the least may have been the beginning of a larger one; now it is meant.
  const done = () => {
    if (typed) take(typed, 1);
    setTyped(null);
  };
  return (
    <input
      type="number"
      inputMode="numeric"
      aria-label={label}
      min={least}
      max={most}
      value={typed ?? page}
      onChange={(event) => changed(event.target.value)}
      onBlur={done}
      // Enter belongs to the message only in its own field.
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        done();
      }}
      className="h-9 w-18 rounded-sm border border-control bg-surface px-2 text-base tabular-nums pointer-coarse:h-11"
    />
  );
}
