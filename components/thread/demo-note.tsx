import { useTranslations } from "next-intl";

/** That no model answers, and how to connect one; `brief`: where there is little room, only the former. */
export function DemoNote({ brief }: { brief: boolean }) {
  const t = useTranslations("chat.demo");
  return (
    <p className="mt-2 text-center text-xs leading-5 text-balance text-muted">
      <span aria-hidden="true" className="mr-1.5 inline-block size-1.5 rounded-full bg-signal align-middle" />
      <span className="font-medium text-ink">{t("short")}.</span>{" "}
      <span className={brief ? "max-md:hidden" : undefined}>
        {t.rich("how", {
          code: (chunks) => <code className="font-mono text-[0.95em] whitespace-nowrap">{chunks}</code>,
        })}
      </span>
    </p>
  );
}
