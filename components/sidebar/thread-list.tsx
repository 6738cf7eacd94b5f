import { useFormatter, useTranslations } from "next-intl";
import { useId, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { loadMore, retryList, useThreadList } from "@/lib/client/thread-list";
import { type Day, type GroupKey, groupByDay } from "./groups";
import { ThreadRow } from "./thread-row";
import { useDay } from "./use-day";
import { useNearEnd } from "./use-near-end";
import { useOpenThreadId } from "./use-open-thread-id";

/** The conversations under their days; more of them come as the end scrolls near. */
export function ThreadList({ day, onLeave }: { day: Day; onLeave: (() => void) | undefined }) {
  const t = useTranslations("sidebar");
  const { threads, hasMore, loading, failed, filter } = useThreadList();
  const today = useDay(day);
  const groups = useMemo(
    () => groupByDay(threads, { timeZone: today.timeZone, date: today.date }),
    [threads, today.timeZone, today.date],
  );
  const nameOf = useGroupName(today);
  const openId = useOpenThreadId();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const end = useNearEnd(box, hasMore, threads.length, loadMore);
  return (
    <div
      ref={box}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-4"
      aria-busy={loading}
    >
      {groups.map(({ key, threads: inGroup }) => (
        <section key={key} aria-labelledby={`${id}-${key}`}>
          <h2 id={`${id}-${key}`} className="px-2 pt-4 pb-1 font-medium text-muted text-xs">
            {nameOf(key)}
          </h2>
          <ul>
            {inGroup.map((thread) => (
              <ThreadRow key={thread.id} thread={thread} open={thread.id === openId} onLeave={onLeave} />
            ))}
          </ul>
        </section>
      ))}
      {threads.length === 0 && !loading && !failed && (
        <p role="status" className="px-2 pt-4 text-muted text-sm">
          {filter.trim() ? t("noHits", { filter: filter.trim() }) : t("empty")}
        </p>
      )}
      {failed && (
        <div className="px-2 pt-4 text-sm">
          <p role="alert" className="text-danger">
            {t("listFailed")}
          </p>
          <Button className="mt-2" onClick={retryList}>
            {t("listRetry")}
          </Button>
        </div>
      )}
      <div ref={end} className="flex h-11 items-center justify-center">
        {loading && (
          <span className="text-muted">
            <Spinner />
            <VisuallyHidden>{t("loading")}</VisuallyHidden>
          </span>
        )}
        {hasMore && !loading && !failed && (
          <Button look="quiet" className="text-muted" onClick={loadMore}>
            {t("older")}
          </Button>
        )}
      </div>
    </div>
  );
}

function useGroupName(today: Day): (key: GroupKey) => string {
  const t = useTranslations("sidebar");
  const format = useFormatter();
  return (key) => {
    if (key === "today" || key === "yesterday" || key === "week" || key === "month") return t(key);
    const sameYear = key.slice(0, 4) === today.date.slice(0, 4);
    return format.dateTime(new Date(`${key}-15T12:00:00Z`), {
      month: "long",
      ...(sameYear ? {} : { year: "numeric" }),
      timeZone: "UTC",
    });
  };
}
