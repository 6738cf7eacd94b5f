import { useTranslations } from "next-intl";
import type { Said } from "./state";

/** Says to screen readers what has just happened to the picture. */
export function LiveRegion({ said }: { said: Said | null }) {
  const t = useTranslations("editor.said");
  const values =
    said && "step" in said.values ? { step: t(`step.${String(said.values.step)}`) } : said?.values;
  return (
    <p role="status" className="sr-only">
      {/* Another element for the same sentence: an unchanged text is not said twice. */}
      {said && <span key={said.count}>{t(said.key, values)}</span>}
    </p>
  );
}
