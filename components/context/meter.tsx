"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { CONTEXT_TOKENS, type ContextTokens, totalOf } from "@/lib/context/context";
import { cx } from "../ui/cx";
import { later } from "../ui/later";
import type { PanelProps } from "./panel";
import { useThreadContext } from "./use-context";

/** From this share on it is time to think about what to leave out. */
const NEARLY_FULL = 0.8;

export interface MeterProps {
  threadId: string;
  /** What the message being written adds. */
  draft: ContextTokens;
  /** Told when it becomes more than the model holds, as far as it is counted, and when it no longer is. */
  onFull: (full: boolean) => void;
}

const Panel = later<PanelProps>(() => import("./panel").then(({ Panel }) => Panel));

/** How much of the model's context the next question takes; opens what it is made of. */
export function Meter({ threadId, draft, onFull }: MeterProps) {
  const t = useTranslations("context");
  const format = useFormatter();
  const [open, setOpen] = useState(false);
  const context = useThreadContext(threadId, open);
  const total = totalOf(draft) + (context ? totalOf(context.tokens) : 0);
  const full = total > CONTEXT_TOKENS;
  useEffect(() => onFull(full), [full, onFull]);
  if (total === 0) return null;
  const share = total / CONTEXT_TOKENS;
  const short = (tokens: number) => format.number(tokens, { notation: "compact", maximumFractionDigits: 1 });
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        title={t("title")}
        className={cx(
          "flex h-9 shrink-0 items-center gap-2 rounded-sm px-2 text-muted text-xs tabular-nums transition-colors hover:bg-raised hover:text-ink pointer-coarse:h-11",
          share >= NEARLY_FULL && "text-ink",
        )}
      >
        <span className="sr-only">{t("meter", { tokens: total, limit: CONTEXT_TOKENS })}</span>
        <Ring share={share} />
        <span aria-hidden="true" className="max-sm:hidden">
          {t("short", { tokens: short(total), limit: short(CONTEXT_TOKENS) })}
        </span>
        <span aria-hidden="true" className="sm:hidden">
          {short(total)}
        </span>
      </button>
      {open && (
        <Panel
          context={context}
          draft={draft}
          onClose={() => setOpen(false)}
          onFailed={() => setOpen(false)}
        />
      )}
    </>
  );
}

const RADIUS = 6.5;
const ROUND = 2 * Math.PI * RADIUS;

const Ring = ({ share }: { share: number }) => (
  <svg viewBox="0 0 18 18" className="size-4.5 -rotate-90" aria-hidden="true">
    <circle cx="9" cy="9" r={RADIUS} fill="none" strokeWidth="3" className="stroke-line" />
    <circle
      cx="9"
      cy="9"
      r={RADIUS}
      fill="none"
      strokeWidth="3"
      // Never so little that it cannot be seen.
      strokeDasharray={`${Math.min(1, Math.max(0.04, share)) * ROUND} ${ROUND}`}
      className={share >= NEARLY_FULL ? "stroke-signal" : "stroke-accent"}
    />
  </svg>
);
