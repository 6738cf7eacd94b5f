import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Message } from "@/lib/messages/message";
import { Button } from "../ui/button";
import type { Draft } from "./draft";
import { blackOut, isBlackedOut, privateThings, showAgain, withTitle } from "./private";

interface Props {
  messages: readonly Message[];
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}

/** What looks private in what is chosen, each to be blacked out by one press, and all by one. */
export function Warnings({ messages, draft, onChange }: Props) {
  const t = useTranslations("share.private");
  const chosen = useMemo(() => new Set(draft.messages), [draft.messages]);
  const inMessages = useMemo(
    () => privateThings(messages.filter(({ ordinal }) => chosen.has(ordinal))),
    [messages, chosen],
  );
  const found = withTitle(inMessages, draft.title);
  if (found.length === 0) return null;
  const redactions = new Set(draft.redactions);
  const open = found.filter((each) => !isBlackedOut(each, redactions));
  return (
    <section className="rounded-md border border-line bg-surface p-3" aria-label={t("label")}>
      <div className="flex items-center gap-2.5">
        <TriangleAlert size={18} aria-hidden="true" className="shrink-0 text-signal" />
        <p className="min-w-0 flex-1 font-medium text-sm" role="status">
          {open.length > 0 ? t("found", { count: open.length }) : t("allOut")}
        </p>
        {open.length > 0 && <Button onClick={() => onChange(blackOut(open, draft))}>{t("redactAll")}</Button>}
      </div>
      {/* Half a row is cut off at its end, which says that there are more. */}
      <ul className="mt-2 flex max-h-65 flex-col overflow-y-auto">
        {found.map((each) => {
          const out = isBlackedOut(each, redactions);
          return (
            <li key={`${each.kind} ${each.value}`} className="flex items-center gap-2 py-0.5 text-sm">
              <span className="w-20 shrink-0 text-muted text-xs">{t(each.kind)}</span>
              <span
                className={`min-w-0 flex-1 truncate font-mono text-xs ${out ? "text-muted line-through" : ""}`}
              >
                {each.value}
              </span>
              <Button
                look="quiet"
                onClick={() => onChange(out ? showAgain(each, draft) : blackOut([each], draft))}
                aria-label={t(out ? "restoreThis" : "redactThis", { value: each.value.slice(0, 60) })}
                className="h-8 px-2 text-accent"
              >
                {t(out ? "restore" : "redact")}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
