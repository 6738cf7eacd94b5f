import { useTranslations } from "next-intl";
import { MODEL_HOLDS } from "@/lib/documents/document";
import { type ReadyDocument, tokensOf } from "./document-draft";

/** How long a document is and what its chosen pages cost; said anew when they change. */
export function ReadyFacts({ tile }: { tile: ReadyDocument }) {
  const t = useTranslations("document");
  const tokens = tokensOf(tile);
  const { pages, hasText } = tile.document;
  return (
    <>
      <p role="status" className="text-muted tabular-nums">
        {hasText ? t("tokens", { tokens }) : t("noText")} · {t("pages", { pages })}
      </p>
      {tokens > MODEL_HOLDS && <p className="text-danger">{t("beyondModel")}</p>}
    </>
  );
}
