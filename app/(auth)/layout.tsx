import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";
import { environment } from "@/lib/platform/environment";

/** A quiet page with one form. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  const t = useTranslations();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-8">
      <div className="flex flex-col items-center gap-2">
        <Mark className="size-10 text-accent" />
        <p className="font-semibold tracking-tight">{t("common.name")}</p>
      </div>
      <div className="flex w-full max-w-sm flex-col gap-6 rounded-lg border border-line bg-surface p-6 sm:p-8">
        {children}
      </div>
      {environment().provider.demo && (
        <p className="max-w-sm text-center text-muted text-sm text-balance">
          <strong className="block font-medium text-ink">{t("common.demo")}</strong>
          {t("auth.demoNote")}
        </p>
      )}
    </main>
  );
}
