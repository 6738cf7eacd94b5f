"use client";

import { useTranslations } from "next-intl";
import { ListPage } from "../share/list-page";
import { ExportSection } from "./export-section";
import { ImportSection } from "./import-section";
import { LeaveSection } from "./leave-section";

/** Taking everything along, bringing things here, and leaving. */
export function DataPage() {
  const t = useTranslations("transfer");
  return (
    <ListPage title={t("title")} text={t("text")}>
      <div className="flex flex-col gap-5">
        <ExportSection />
        <ImportSection />
        <LeaveSection />
      </div>
    </ListPage>
  );
}
