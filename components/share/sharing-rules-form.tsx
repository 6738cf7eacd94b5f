"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { problemOf } from "@/lib/client/api";
import { changeSharingRules } from "@/lib/client/shares";
import type { SharingRules } from "@/lib/settings/settings";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast";
import { Check, Choices, Section } from "./controls";

const DAYS = [1, 7, 30, 90, 365] as const;
const NEVER = "never";

/** The rules that every share is under, those that there are already too; kept as soon as one is changed. */
export function SharingRulesForm({ rules: first }: { rules: SharingRules }) {
  const t = useTranslations("share.admin");
  const sentence = useProblemSentence();
  const router = useRouter();
  const [rules, setRules] = useState(first);
  const change = async (changed: Partial<SharingRules>) => {
    const before = rules;
    setRules({ ...rules, ...changed });
    try {
      setRules(await changeSharingRules({ ...rules, ...changed }));
      toast({ text: t("kept") });
      // Which links end by it, the list below says.
      router.refresh();
    } catch (error) {
      setRules(before);
      toast({ text: sentence(problemOf(error)), bad: true });
    }
  };
  const known = DAYS.some((days) => days === rules.longestDays) || rules.longestDays === null;
  const days = known ? [...DAYS] : [...DAYS, rules.longestDays ?? 0].sort((a, b) => a - b);
  return (
    <div className="flex flex-col gap-6 rounded-md border border-line bg-surface p-4 md:p-5">
      <Section heading="h2" title={t("rules")}>
        <Check
          checked={rules.allowed}
          onChange={(allowed) => void change({ allowed })}
          label={t("allowed")}
          hint={t("allowedHint")}
        />
        <Check
          checked={rules.signedInOnly}
          onChange={(signedInOnly) => void change({ signedInOnly })}
          label={t("signedInOnly")}
        />
      </Section>
      <Section heading="h2" title={t("longest")}>
        <Choices
          name="longest"
          label={t("longest")}
          value={rules.longestDays === null ? NEVER : String(rules.longestDays)}
          options={[
            ...days.map((count) => ({ value: String(count), label: t("days", { count }) })),
            { value: NEVER, label: t("never") },
          ]}
          onChange={(value) => void change({ longestDays: value === NEVER ? null : Number(value) })}
        />
        <p className="mt-1 text-muted text-xs">{t("longestHint")}</p>
      </Section>
    </div>
  );
}
