import { useFormatter } from "next-intl";
import { useSyncExternalStore } from "react";

/**
 * Says on which day a moment (ISO 8601) is where the reader is. While the server's page is taken over it is the day in
 * UTC, as the server wrote it: where somebody is, only their browser knows.
 */
export function useDayFormat(dateStyle: "medium" | "long"): (moment: string) => string {
  const format = useFormatter();
  const timeZone = useSyncExternalStore(
    () => () => {},
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
  return (moment) => format.dateTime(new Date(moment), { dateStyle, timeZone });
}
