"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ScrollRegion } from "./scroll-region";

/** Around a table: it scrolls by itself, also with the keyboard, when it is wider than the text. */
export function TableFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("markdown");
  return (
    <ScrollRegion className="md-table" label={t("tableLabel")}>
      {children}
    </ScrollRegion>
  );
}
