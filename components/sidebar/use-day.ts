import { useEffect, useSyncExternalStore } from "react";
import { keepPreference, TIME_ZONE_COOKIE } from "@/components/account/preferences";
import { type Day, dayIn } from "./groups";

const MINUTE_MS = 60_000;

/**
 * The person's day: first as the server reckoned it from the time zone that the browser left in a cookie, so
 * that nothing jumps, then as the browser has it, also past midnight.
 */
export function useDay(server: Day): Day {
  const text = useSyncExternalStore(subscribe, inBrowser, () => `${server.timeZone} ${server.date}`);
  const [timeZone = "UTC", date = ""] = text.split(" ");
  useEffect(() => {
    if (timeZone !== server.timeZone) keepPreference(TIME_ZONE_COOKIE, timeZone);
  }, [timeZone, server.timeZone]);
  return { timeZone, date };
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS);
  return () => clearInterval(timer);
}

/** A string, because each object would be another day to React. */
function inBrowser(): string {
  const day = dayIn(Intl.DateTimeFormat().resolvedOptions().timeZone);
  return `${day.timeZone} ${day.date}`;
}
