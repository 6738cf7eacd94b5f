import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { problemOf } from "@/lib/client/api";
import { useMessage, useThreadView } from "@/lib/client/threads";
import { orderQueue, sendQueued } from "@/lib/client/threads/queue";
import { returnToComposer } from "../composer/focus";
import { Button } from "../ui/button";
import { useProblemSentence } from "../ui/sentences";
import { QueuedRow } from "./queued-row";
import { useOrder } from "./use-order";

/** The waiting questions in order, why they do not go on where they do not, and a way to go on. */
export function QueuePanel({ threadId }: { threadId: string }) {
  const t = useTranslations("conversation.queue");
  const sentence = useProblemSentence();
  const { queue } = useThreadView(threadId);
  const paused = usePaused(threadId);
  const [trouble, setTrouble] = useState<string>();
  const [said, setSaid] = useState("");
  const doing = async (work: Promise<unknown>) => {
    setTrouble(undefined);
    await work.catch((error) => setTrouble(sentence(problemOf(error))));
  };
  const sendNow = () => {
    returnToComposer();
    void doing(sendQueued(threadId));
  };
  const { order, list, grip } = useOrder(
    queue.map(({ id }) => id),
    (ids, moved) => {
      void doing(orderQueue(threadId, ids));
      setSaid(t("moved", { position: ids.indexOf(moved) + 1, count: ids.length }));
    },
  );
  const rows = order.flatMap((id) => queue.find((queued) => queued.id === id) ?? []);
  return (
    <section
      aria-label={t("label")}
      className="mb-2 flex max-h-[35dvh] flex-col overflow-y-auto rounded-lg border border-line bg-raised py-1.5"
    >
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3.5 text-muted text-sm">
        {paused ? (
          <>
            <p role="status" className="flex min-w-0 flex-1 basis-48 gap-2">
              <span aria-hidden="true" className="w-0.75 shrink-0 rounded-full bg-signal" />
              {t(paused)}
            </p>
            <Button onClick={sendNow}>{t("sendNow")}</Button>
          </>
        ) : (
          <p>{t("waiting", { count: queue.length })}</p>
        )}
      </div>
      {trouble && (
        <p role="alert" className="px-3.5 pb-1 text-danger text-sm">
          {trouble}
        </p>
      )}
      <ol ref={list} className="flex flex-col">
        {rows.map((queued, index) => (
          <QueuedRow
            key={queued.id}
            threadId={threadId}
            queued={queued}
            grip={rows.length > 1 ? grip(queued.id) : null}
            place={{ position: index + 1, count: rows.length }}
            onDo={doing}
          />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}

/** After a good end the server sends the next one by itself; only if that fails, it is paused too. Milliseconds. */
const USUAL_MS = 4_000;

/** Why nothing is sent by itself; null while it is. */
function usePaused(threadId: string): "stopped" | "failed" | "interrupted" | "idle" | null {
  const { busy, path } = useThreadView(threadId);
  const status = useMessage(threadId, path.at(-1) ?? "")?.status ?? "complete";
  const [late, setLate] = useState(false);
  const idle = !busy && status === "complete";
  useEffect(() => {
    setLate(false);
    if (!idle) return;
    const timer = setTimeout(() => setLate(true), USUAL_MS);
    return () => clearTimeout(timer);
  }, [idle]);
  if (busy || status === "running") return null;
  if (status === "complete") return late ? "idle" : null;
  return status;
}
