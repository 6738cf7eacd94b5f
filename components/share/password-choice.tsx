import { useTranslations } from "next-intl";
import { LONGEST_SHARE_PASSWORD, SHORTEST_SHARE_PASSWORD } from "@/lib/shares/share";
import { TextField } from "../ui/text-field";
import { Check, Section } from "./controls";
import type { Draft } from "./draft";

interface Props {
  draft: Draft;
  /** There is one already. */
  had: boolean;
  onChange: (changed: Partial<Draft>) => void;
}

/** A password beside the link. It is shown while it is chosen: it has to be told to others. */
export function PasswordChoice({ draft, had, onChange }: Props) {
  const t = useTranslations("share.password");
  return (
    <Section title={t("label")}>
      <Check
        checked={draft.hasPassword}
        onChange={(hasPassword) => onChange({ hasPassword })}
        label={t("ask")}
      />
      {draft.hasPassword && (
        <TextField
          label={t(had ? "new" : "field")}
          hint={had ? t("keep") : t("hint", { shortest: SHORTEST_SHARE_PASSWORD })}
          value={draft.password}
          maxLength={LONGEST_SHARE_PASSWORD}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ password: event.target.value })}
        />
      )}
    </Section>
  );
}
