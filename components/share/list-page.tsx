import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../ui/button";

/** A page of the main area with a list, which scrolls by itself. */
export function ListPage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto w-full max-w-[860px] px-4 py-8 md:px-6 md:py-10">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="mt-1 mb-6 max-w-prose text-muted">{text}</p>
        {children}
      </div>
    </div>
  );
}

export function More({ busy, onClick }: { busy: boolean; onClick: () => void }) {
  const t = useTranslations("share");
  return (
    <Button busy={busy} onClick={onClick} className="mt-4">
      {t("more")}
    </Button>
  );
}
