import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Wait } from "@/lib/client/threads/types";

export interface WaitProps {
  wait: Wait;
}

/** Why an answer has not begun, and in how many seconds it will, counted down to the last one. */
export function WaitLeft({ wait: { until, place } }: WaitProps) {
  const t = useTranslations("chat");
  const [now, setNow] = useState(Date.now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new wait is counted from its beginning
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  return (
    <span className="text-sm tabular-nums">
      {place === undefined ? t("waiting", { seconds }) : t("inLine", { place, seconds })}
    </span>
  );
}
