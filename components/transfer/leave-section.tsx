import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { LeaveDialog } from "./leave-dialog";
import { Section } from "./section";

/** The way out, for good. */
export function LeaveSection() {
  const t = useTranslations("transfer.leave");
  const [asking, setAsking] = useState(false);
  return (
    <Section title={t("title")} text={t("text")}>
      <Button look="danger" onClick={() => setAsking(true)}>
        <Trash2 size={16} aria-hidden="true" /> {t("do")}
      </Button>
      {asking && <LeaveDialog onClose={() => setAsking(false)} />}
    </Section>
  );
}
