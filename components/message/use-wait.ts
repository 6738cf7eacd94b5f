import { useEffect, useState } from "react";
import type { ClientMessage } from "@/lib/client/threads";

/** Seconds until the provider wants to hear from us again after this answer failed; 0 at once. Counts down. */
export function useWait({ failure, createdAt, usage }: ClientMessage): number {
  const asked = failure?.code === "rate-limited" ? (failure.retryAfter ?? 0) : 0;
  // An old failure has been waited for already; one that is seen happening begins now.
  const [until] = useState(() => {
    const ended = Date.parse(createdAt) + (usage?.durationMs ?? 0);
    return (Date.now() - ended > RECENT_MS ? ended : Date.now()) + asked * 1000;
  });
  const [now, setNow] = useState(Date.now);
  const left = asked === 0 ? 0 : Math.max(0, Math.min(asked, Math.ceil((until - now) / 1000)));
  useEffect(() => {
    if (left === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [left]);
  return left;
}

/** Longest that our own tries take before the person is told, in milliseconds. */
const RECENT_MS = 120_000;
