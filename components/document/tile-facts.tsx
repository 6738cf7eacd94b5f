import { useTranslations } from "next-intl";
import { MODEL_HOLDS } from "@/lib/documents/document";
import { type ReadyDocument, tokensOf } from "./tiles";

/** How many of its pages are chosen and what they cost; said anew when they change. */
export function ReadyFacts({ tile }: { tile: ReadyDocument }) {
  const t = useTranslations("document");
  const tokens = tokensOf(tile);
  const { hasText, rough } = tile.document;
  const counted = t(rough ? "aboutTokens" : "tokens", { tokens });
  const textless = t(hasText ? "noTextHere" : "noText");
  return (
    <>
      <p role="status" className="text-muted tabular-nums">
        {tokens > 0 ? counted : textless} · {t("pages", { pages: tile.lastPage - tile.firstPage + 1 })}
      </p>
      {tokens > MODEL_HOLDS && <p className="text-danger">{t("beyondModel")}</p>}
    </>
  );
}
