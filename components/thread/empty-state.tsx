import { useTranslations } from "next-intl";
import { useState } from "react";
import { useStores } from "@/lib/client/stores";
import { draftOf } from "../composer/drafts";
import { focusComposer } from "../composer/focus";
import { TemporaryLink } from "../temporary/temporary-link";
import { Mark } from "../ui/mark";
import { StartCard } from "./start-card";
import { START_SAMPLES, STARTS, type Start } from "./starts";

/** The beginning of a conversation: four concrete things to try. They fill the composer, nothing is sent. */
export function EmptyState({ threadId }: { threadId: string }) {
  const t = useTranslations("chat.empty");
  const { temporary } = useStores().threads.of(threadId);
  const [failed, setFailed] = useState(false);

  const choose = async (start: Start) => {
    setFailed(false);
    const sample = START_SAMPLES[start];
    const draft = draftOf(threadId);
    try {
      const files = sample ? [await sampleFile(sample, t(`${start}.file`))] : [];
      draft.begin(t(`${start}.text`), files);
    } catch {
      draft.begin(t(`${start}.text`), []);
      setFailed(true);
    }
    focusComposer();
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="mx-auto w-full max-w-[752px] px-4 pt-8 pb-8 md:pt-[16vh]">
        <Mark className="mb-4 size-9 text-accent" />
        <h1 className="text-2xl font-semibold tracking-tight text-balance">{t("heading")}</h1>
        <p className="mt-1 text-muted">{t("line")}</p>
        <ul aria-label={t("starts")} className="mt-7 grid gap-2.5 sm:grid-cols-2">
          {STARTS.map((start) => (
            <li key={start}>
              <StartCard start={start} onChoose={() => void choose(start)} />
            </li>
          ))}
        </ul>
        {!temporary && <TemporaryLink />}
        {failed && (
          <p role="alert" className="mt-3 text-sm text-danger">
            {t("failed")}
          </p>
        )}
      </div>
    </div>
  );
}

/** The sample as if somebody had chosen it from a disk, so that it takes the way of every picture. */
async function sampleFile(address: string, name: string): Promise<File> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const blob = await response.blob();
  return new File([blob], name, { type: blob.type });
}
