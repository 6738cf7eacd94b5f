import { useTranslations } from "next-intl";
import { type FormEvent, useCallback, useMemo, useState } from "react";
import { type ProblemInfo, problemOf } from "@/lib/client/api";
import { newId } from "@/lib/client/ids";
import { createShare, updateShare } from "@/lib/client/shares";
import type { SharingRules } from "@/lib/settings/settings";
import { LONGEST_SHARE_TITLE, type ShareDetail, type ShareSummary } from "@/lib/shares/share";
import type { ThreadDetail } from "@/lib/threads/thread";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { useProblemSentence } from "../ui/sentences";
import { TextField } from "../ui/text-field";
import { Check, Section } from "./controls";
import {
  choicesOf,
  type Draft,
  draftOf,
  expiresAt,
  firstDraft,
  missing,
  type Start,
  shareable,
} from "./draft";
import { ExpiryChoice } from "./expiry-choice";
import { MessageChoice } from "./message-choice";
import { PasswordChoice } from "./password-choice";
import { Preview } from "./preview";
import { Warnings } from "./warnings";

interface Props {
  thread: ThreadDetail;
  rules: SharingRules;
  share: ShareDetail | null;
  start: Start;
  onShared: (share: ShareSummary) => void;
}

/** Choices on one side, on the other what others will see; on a phone one after the other. */
export function ShareForm({ thread, rules, share, start, onShared }: Props) {
  const t = useTranslations("share");
  const [draft, setDraft] = useState(() =>
    share ? draftOf(share, thread, rules) : firstDraft(thread, start, rules),
  );
  const [side, setSide] = useState<"choose" | "preview">("choose");
  const change = useCallback(
    (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed })),
    [],
  );
  const { send, busy, trouble } = useSend({ thread, rules, share, draft, onShared });
  const messages = useMemo(() => shareable(thread), [thread]);
  const lack = missing(draft, share?.hasPassword ?? false);
  return (
    <form onSubmit={send} className="flex min-h-0 flex-1 flex-col">
      <div role="tablist" aria-label={t("sides")} className="flex shrink-0 border-line border-b md:hidden">
        {(["choose", "preview"] as const).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={side === each}
            aria-controls={`share-${each}`}
            onClick={() => setSide(each)}
            className={cx(
              "h-11 flex-1 border-b-2 font-medium text-sm -outline-offset-2",
              side === each ? "border-accent text-ink" : "border-transparent text-muted",
            )}
          >
            {t(each)}
          </button>
        ))}
      </div>
      <div className="flex min-h-0 flex-1">
        <div
          id="share-choose"
          className={cx(
            "min-h-0 w-full overflow-y-auto overscroll-contain md:block md:w-[26rem] md:shrink-0 md:border-line md:border-r",
            side === "preview" && "hidden",
          )}
        >
          <div className="flex flex-col gap-7 p-4 md:p-6">
            <TextField
              label={t("titleLabel")}
              value={draft.title}
              maxLength={LONGEST_SHARE_TITLE}
              onChange={(event) => change({ title: event.target.value })}
            />
            <Warnings messages={messages} draft={draft} onChange={change} />
            <MessageChoice
              messages={messages}
              start={start}
              chosen={draft.messages}
              pictures={draft.pictures}
              onChange={change}
            />
            <Section title={t("shown")}>
              <Check checked={draft.name} onChange={(name) => change({ name })} label={t("name")} />
              <Check checked={draft.dates} onChange={(dates) => change({ dates })} label={t("dates")} />
              <Check
                checked={draft.titleInPreview}
                onChange={(titleInPreview) => change({ titleInPreview })}
                label={t("titleInPreview")}
                hint={t("titleInPreviewHint")}
              />
              <Check
                checked={draft.allowContinue}
                onChange={(allowContinue) => change({ allowContinue })}
                label={t("allowContinue")}
                hint={t("allowContinueHint")}
              />
            </Section>
            <ExpiryChoice draft={draft} rules={rules} onChange={change} />
            <PasswordChoice draft={draft} had={share?.hasPassword ?? false} onChange={change} />
          </div>
        </div>
        <div
          id="share-preview"
          className={cx("min-h-0 min-w-0 flex-1 bg-raised md:block md:p-5", side === "choose" && "hidden")}
        >
          <Preview threadId={thread.id} draft={draft} />
        </div>
      </div>
      <footer className="flex shrink-0 flex-wrap items-center justify-end gap-x-4 gap-y-2 border-line border-t px-4 py-3 pb-[calc(env(safe-area-inset-bottom)+0.75rem)] md:px-6">
        <p
          role={trouble ? "alert" : undefined}
          className={cx("min-w-0 flex-1 text-sm", trouble ? "text-danger" : "text-muted")}
        >
          {trouble ?? (lack ? t(lack) : t(rules.signedInOnly ? "whoSignedIn" : "who"))}
        </p>
        <Button type="submit" look="primary" busy={busy} disabled={lack !== null}>
          {t(share ? "update" : "create")}
        </Button>
      </footer>
    </form>
  );
}

interface Sending extends Omit<Props, "start"> {
  draft: Draft;
}

function useSend({ thread, rules, share, draft, onShared }: Sending) {
  const t = useTranslations("share");
  const sentence = useProblemSentence();
  // One id for all tries: an answer that was lost makes no second share.
  const [id] = useState(newId);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setTrouble(null);
    const { title, allowContinue, titleInPreview, hasPassword, password } = draft;
    const kept = { title, allowContinue, titleInPreview, choices: choicesOf(draft) };
    const input = { ...kept, expiresAt: expiresAt(draft, rules) };
    const given = hasPassword ? password || undefined : null;
    try {
      onShared(
        share
          ? await updateShare(share.id, { ...input, password: given })
          : await createShare({ id, threadId: thread.id, ...input, password: given ?? null }),
      );
    } catch (error) {
      const problem = problemOf(error);
      setTrouble(isChanged(problem) ? t("changed") : sentence(problem));
      setBusy(false);
    }
  };
  return { send: (event: FormEvent) => void send(event), busy, trouble };
}

/** What was chosen is not to be had any more: the conversation went another way, in another tab say. */
const isChanged = ({ code, details: { field } }: ProblemInfo): boolean =>
  code === "bad-request" && (field === "messages" || field === "pictures");
