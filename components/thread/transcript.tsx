import { useTranslations } from "next-intl";
import { type Ref, useImperativeHandle, useRef } from "react";
import { useThreadView } from "@/lib/client/threads";
import { useMarkdownReady } from "../message/markdown/live";
import { Turn } from "../message/turn";
import { useFromServer } from "../ui/from-server";
import { Earlier } from "./earlier";
import { EndButton } from "./end-button";
import { EndScript } from "./end-script";
import { KeepPlace } from "./keep-place";
import { useEarlier } from "./use-earlier";
import { useEnd } from "./use-end";
import { useLanding } from "./use-landing";

/** Turns from the end that are always drawn, so that the end is where it is said to be. */
const NEAR = 8;

export interface TranscriptHandle {
  /** Goes to the end and stays there. */
  toEnd: () => void;
}

interface Props {
  threadId: string;
  nonce: string | null;
  ref: Ref<TranscriptHandle>;
}

/** The open branch of a thread, from the first turn to the last. Mount it anew for another thread. */
export function Transcript({ threadId, nonce, ref }: Props) {
  const t = useTranslations("chat");
  const thread = useThreadView(threadId);
  const { path, title, runningId } = thread;
  const fromServer = useFromServer();
  const scroller = useRef<HTMLDivElement>(null);
  const { from, failed, hurry } = useEarlier(threadId, thread);
  const { away, toEnd } = useEnd(threadId, scroller, fromServer);
  useLanding(threadId, { scroller, view: thread, from, hurry });
  useMarkdownReady(scroller);
  useImperativeHandle(ref, () => ({ toEnd }), [toEnd]);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        suppressHydrationWarning
        className="group/turns min-h-0 flex-1 overflow-y-auto overscroll-contain"
      >
        <section
          aria-label={title || t("conversation")}
          className="mx-auto flex max-w-[752px] flex-col gap-1.5 px-4 pt-6 pb-3"
        >
          {from > 0 && <Earlier scroller={scroller} from={from} failed={failed} onNear={hurry} />}
          <KeepPlace scroller={scroller} from={from}>
            {path.slice(from).map((id, index, drawn) => (
              <Turn
                key={id}
                threadId={threadId}
                messageId={id}
                last={index === drawn.length - 1}
                far={index < drawn.length - NEAR}
              />
            ))}
          </KeepPlace>
        </section>
        {fromServer && nonce !== null && <EndScript nonce={nonce} />}
      </div>
      {away && <EndButton growing={runningId !== null} onPress={toEnd} />}
    </div>
  );
}
