import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Message } from "@/lib/messages/message";
import { type FindingKind, findingsIn } from "@/lib/shares/private-looking";
import { Button } from "../ui/button";
import type { Draft } from "./draft";

interface Props {
  messages: readonly Message[];
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}

/** One thing that looks private, wherever it stands. */
interface Private {
  kind: FindingKind;
  value: string;
  keys: string[];
}

/** What looks private in what is chosen, each to be blacked out by one press, and all by one. */
export function Warnings({ messages, draft, onChange }: Props) {
  const t = useTranslations("share.private");
  const chosen = useMemo(() => new Set(draft.messages), [draft.messages]);
  const found = useMemo(
    () => grouped(messages.filter(({ ordinal }) => chosen.has(ordinal))),
    [messages, chosen],
  );
  if (found.length === 0) return null;
  const isOut = ({ keys }: Private) => keys.every((key) => draft.redactions.includes(key));
  const redact = (keys: string[]) => onChange({ redactions: [...new Set([...draft.redactions, ...keys])] });
  const restore = (keys: string[]) =>
    onChange({ redactions: draft.redactions.filter((key) => !keys.includes(key)) });
  const open = found.filter((each) => !isOut(each));
  return (
    <section className="rounded-md border border-line bg-surface p-3" aria-label={t("label")}>
      <div className="flex items-center gap-2.5">
        <TriangleAlert size={18} aria-hidden="true" className="shrink-0 text-signal" />
        <p className="min-w-0 flex-1 font-medium text-sm" role="status">
          {open.length > 0 ? t("found", { count: open.length }) : t("allOut")}
        </p>
        {open.length > 0 && (
          <Button onClick={() => redact(open.flatMap(({ keys }) => keys))}>{t("redactAll")}</Button>
        )}
      </div>
      <ul className="mt-2 flex max-h-60 flex-col overflow-y-auto">
        {found.map((each) => (
          <li key={`${each.kind} ${each.value}`} className="flex items-center gap-2 py-0.5 text-sm">
            <span className="w-20 shrink-0 text-muted text-xs">{t(each.kind)}</span>
            <span
              className={`min-w-0 flex-1 truncate font-mono text-xs ${isOut(each) ? "text-muted line-through" : ""}`}
            >
              {each.value}
            </span>
            <Button
              look="quiet"
              onClick={() => (isOut(each) ? restore : redact)(each.keys)}
              aria-label={t(isOut(each) ? "restoreThis" : "redactThis", { value: each.value.slice(0, 60) })}
              className="h-8 px-2 text-accent"
            >
              {t(isOut(each) ? "restore" : "redact")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function grouped(messages: readonly Message[]): Private[] {
  const groups = new Map<string, Private>();
  for (const { key, kind, value } of messages.flatMap(findingsIn)) {
    const group = groups.get(`${kind} ${value}`) ?? { kind, value, keys: [] };
    group.keys.push(key);
    groups.set(`${kind} ${value}`, group);
  }
  return [...groups.values()];
}
