"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DeadEnd } from "@/components/ui/dead-end";

/** A page that broke on the server or in the browser. The digest leads to the cause in the server's log. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const t = useTranslations("common");
  const reference = error.digest ? ` ${t("error.reference", { digest: error.digest })}` : "";
  return (
    <DeadEnd title={t("error.title")} text={t("error.text") + reference}>
      <Button className="h-11" onClick={retry}>
        {t("retry")}
      </Button>
    </DeadEnd>
  );
}
