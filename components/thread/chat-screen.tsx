"use client";

import { useRef } from "react";
import { LiveConnection } from "@/lib/client/live/live-connection";
import { useStores } from "@/lib/client/stores";
import { useThreadView } from "@/lib/client/threads";
import { Composer } from "../composer/composer";
import { Queue } from "../queue/queue";
import { TemporaryNote } from "../temporary/temporary-note";
import { Announcer } from "./announcer";
import { DemoNote } from "./demo-note";
import { EmptyState } from "./empty-state";
import { Transcript, type TranscriptHandle } from "./transcript";
import { useThreadId } from "./use-thread-id";
import { useTitle } from "./use-title";

interface Props {
  /** No model is connected. */
  demo: boolean;
  /** Of this response, for the script that scrolls to the end; null where there is nothing to scroll. */
  nonce: string | null;
}

/** A conversation, or the beginning of one, with the composer below. Fills what it is in. */
export function ChatScreen({ demo, nonce }: Props) {
  const { threadId, renew } = useThreadId();
  const { temporary } = useStores().threads.of(threadId);
  const { started, title } = useThreadView(threadId);
  const transcript = useRef<TranscriptHandle>(null);
  useTitle(title);
  return (
    <div className="flex h-full flex-col">
      <LiveConnection threadId={threadId} />
      <Announcer key={`said-${threadId}`} threadId={threadId} />
      {started ? (
        <Transcript key={threadId} ref={transcript} threadId={threadId} nonce={nonce} />
      ) : (
        <EmptyState threadId={threadId} />
      )}
      {/* On a low screen, as above a telephone's keyboard, its lists and its text give way: Send stays in sight. */}
      <div className="mx-auto flex min-h-0 w-full max-w-[752px] flex-col px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        {temporary && <TemporaryNote onDiscard={started ? renew : null} />}
        <Queue key={`queue-${threadId}`} threadId={threadId} />
        <Composer key={threadId} threadId={threadId} onSent={() => transcript.current?.toEnd()} />
        {demo && <DemoNote brief={started} />}
      </div>
    </div>
  );
}
