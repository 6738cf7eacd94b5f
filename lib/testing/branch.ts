import type { Message } from "@/lib/messages/message";
import { pathTo } from "@/lib/messages/tree";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";

/** The open branch of a thread, first to last. */
export async function openBranchOf(actor: Actor, threadId: string): Promise<Message[]> {
  const { messages, headMessageId } = await threadDetail(actor, threadId);
  return pathTo(new Map(messages.map((message) => [message.id, message])), headMessageId);
}
