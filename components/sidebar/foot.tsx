import { useLocale, useTranslations } from "next-intl";
import { useTodayUsage } from "@/lib/client/today-usage";
import type { Place } from "@/lib/ionos/place";
import { compactNumber } from "./compact-number";

/** Where the words go, and how many tokens went today. */
export function Foot({ place }: { place: Place }) {
  const t = useTranslations("sidebar.foot");
  const locale = useLocale();
  const { inputTokens, outputTokens } = useTodayUsage();
  const count = inputTokens + outputTokens;
  return (
    <p className="px-2 py-1 text-muted text-xs leading-relaxed">
      <span className="block">{place.kind === "host" ? place.host : t(place.kind)}</span>
      <span className="sr-only"> · </span>
      <span className="block tabular-nums">
        {t("tokens", { count, shown: compactNumber(count, locale) })}
      </span>
    </p>
  );
}
