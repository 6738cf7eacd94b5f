import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ImportReport } from "@/lib/imports/report";

/** Threads named before the rest is counted. */
const NAMED = 8;

/** What came in, where it is, and what was left out and why. */
export function Report({ report }: { report: ImportReport }) {
  const t = useTranslations("transfer.import");
  const { counts, threads, settings } = report;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="font-medium">{t("done", { threads: counts.threads })}</p>
        {counts.threads > 0 && <p className="text-muted text-sm">{t("counts", counts)}</p>}
        {settings && <p className="text-muted text-sm">{t("settings")}</p>}
      </div>
      {threads.length > 0 && <Threads report={report} />}
      {counts.shares > 0 && (
        <p className="max-w-prose text-sm">
          {t("shares", { count: counts.shares })}{" "}
          <Link
            href="/shares"
            prefetch={false}
            className="font-medium text-accent underline underline-offset-4"
          >
            {t("toShares")}
          </Link>
        </p>
      )}
      {report.leftOutCount > 0 && <LeftOut report={report} />}
    </div>
  );
}

function Threads({ report: { threads, counts } }: { report: ImportReport }) {
  const t = useTranslations("transfer.import");
  const untitled = useTranslations("sidebar")("untitled");
  const more = counts.threads - Math.min(NAMED, threads.length);
  return (
    <ul aria-label={t("threads")} className="flex flex-col text-sm">
      {threads.slice(0, NAMED).map(({ id, title }) => (
        <li key={id}>
          <Link
            href={`/t/${id}`}
            prefetch={false}
            dir="auto"
            className="flex min-h-8 max-w-prose items-center text-accent underline-offset-4 hover:underline pointer-coarse:min-h-11"
          >
            <span className="truncate">{title || untitled}</span>
          </Link>
        </li>
      ))}
      {more > 0 && <li className="text-muted">{t("moreThreads", { count: more })}</li>}
    </ul>
  );
}

function LeftOut({ report: { leftOut, leftOutCount } }: { report: ImportReport }) {
  const t = useTranslations("transfer.import");
  return (
    <details className="text-sm">
      <summary className="cursor-pointer font-medium">{t("leftOut", { count: leftOutCount })}</summary>
      <ul className="mt-2 flex max-h-72 flex-col gap-1 overflow-y-auto text-muted">
        {leftOut.map(({ what, name, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
          <li key={index} className="wrap-anywhere">
            {t("line", {
              what: t(`whats.${what}`),
              name: name || t("unnamed"),
              reason: t(`reasons.${reason}`),
            })}
          </li>
        ))}
        {leftOutCount > leftOut.length && (
          <li>{t("moreThreads", { count: leftOutCount - leftOut.length })}</li>
        )}
      </ul>
    </details>
  );
}
