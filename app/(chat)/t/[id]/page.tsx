import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DrawnAnswers } from "@/components/message/drawn-answers";
import { ChatScreen } from "@/components/thread/chat-screen";
import { ThreadData } from "@/lib/client/stores";
import { currentPerson } from "@/lib/http/person";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import { threadStart } from "@/lib/threads/queries";
import type { ThreadStart } from "@/lib/threads/thread";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const thread = await ownThread((await params).id);
  return thread?.title ? { title: thread.title } : {};
}

/** A conversation of the person who is looking. */
export default async function ThreadPage({ params }: Props) {
  const thread = await ownThread((await params).id);
  if (!thread) notFound();
  return (
    <ThreadData start={thread}>
      <DrawnAnswers messages={thread.messages}>
        <ChatScreen demo={environment().provider.demo} nonce={(await headers()).get("x-nonce")} />
      </DrawnAnswers>
    </ThreadData>
  );
}

/** Null when there is none, or it is somebody else's. */
const ownThread = cache(async (id: string): Promise<ThreadStart | null> => {
  const somebody = await currentPerson();
  if (!somebody) return null;
  try {
    return await threadStart(somebody.actor, id);
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found") return null;
    throw error;
  }
});
