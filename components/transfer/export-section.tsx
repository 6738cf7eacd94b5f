import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "../ui/toast";
import { Section } from "./section";

/** A link, so that the browser writes the file as it comes, whatever its size. */
export function ExportSection() {
  const t = useTranslations("transfer.export");
  return (
    <Section title={t("title")} text={t("text")}>
      <a
        href="/api/export"
        download
        onClick={() => toast({ text: t("begun") })}
        className="inline-flex h-9 items-center gap-2 rounded-sm bg-accent px-3.5 font-medium text-on-accent text-sm transition-opacity duration-120 hover:opacity-90 pointer-coarse:h-11"
      >
        <Download size={16} aria-hidden="true" /> {t("do")}
      </a>
    </Section>
  );
}
