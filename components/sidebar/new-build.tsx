"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useOldBuild } from "@/lib/client/build";

/** Offers to load the page again after the server was updated; it never does so by itself. */
export function NewBuild() {
  const t = useTranslations("common.newBuild");
  const old = useOldBuild();
  return (
    <div role="status">
      {old && (
        <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-line border-b bg-raised px-4 py-2 text-sm">
          <p>{t("text")}</p>
          <Button onClick={() => location.reload()}>{t("reload")}</Button>
        </div>
      )}
    </div>
  );
}
