import { useTranslations } from "next-intl";
import type { SharingRules } from "@/lib/settings/settings";
import { TextField } from "../ui/text-field";
import { Choices, Section } from "./controls";
import { type Draft, latestDay, offered } from "./draft";

interface Props {
  draft: Draft;
  rules: SharingRules;
  onChange: (changed: Partial<Draft>) => void;
}

/** When the link ends, within what the rules allow. */
export function ExpiryChoice({ draft, rules, onChange }: Props) {
  const t = useTranslations("share.expiry");
  return (
    <Section title={t("label")}>
      <Choices
        name="expiry"
        label={t("label")}
        value={draft.expiry}
        options={offered(rules).map((value) => ({ value, label: t(value) }))}
        onChange={(expiry) => onChange({ expiry })}
      />
      {draft.expiry === "date" && (
        <TextField
          type="date"
          label={t("dateLabel")}
          value={draft.date}
          max={latestDay(rules) || undefined}
          onChange={(event) => onChange({ date: event.target.value })}
          className="mt-3"
        />
      )}
      {rules.longestDays !== null && (
        <p className="mt-1 text-muted text-xs">{t("longest", { days: rules.longestDays })}</p>
      )}
    </Section>
  );
}
