import "server-only";
import { database, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadsOf } from "@/lib/threads/scope";
import type { Actor } from "@/lib/users/actor";
import type { DeleteMessageInput, OpenBranchInput } from "./schema";
import { headAfter, latestLeaf, type Node, without } from "./tree";

/** Where the open branch ends; null in a thread without messages. */
export interface Head {
  headMessageId: string | null;
}

/** Rows deleted by one statement: its cascade walks at most so deep, and SQLite stops at a thousand. */
const DELETED_AT_ONCE = 400;

/** Opens the branch that this message is in, at its newest end, in all of the person's tabs. Throws `not-found`. */
export async function openBranch(actor: Actor, threadId: string, input: OpenBranchInput): Promise<Head> {
  const headMessageId = await database().$transaction(async (tx) => {
    const { nodes } = await lockedTree(tx, actor, threadId);
    if (!nodes.has(input.messageId)) throw notFound();
    const head = latestLeaf(nodes, input.messageId);
    await tx.thread.updateMany({ where: { id: threadId }, data: { headMessageId: head } });
    return head;
  });
  publish(actor.id, { type: "head", threadId, headMessageId });
  return { headMessageId };
}

/**
 * Deletes a message, and what follows it as the person chose. Throws `not-found`, and `busy` while one of those
 * that would go is being written.
 */
export async function deleteMessage(
  actor: Actor,
  threadId: string,
  messageId: string,
  { following }: DeleteMessageInput,
): Promise<Head> {
  const { removed, headMessageId } = await database().$transaction(async (tx) => {
    const { nodes, head } = await lockedTree(tx, actor, threadId);
    const node = nodes.get(messageId);
    if (!node) throw notFound();
    const pruned = without(nodes, messageId, following);
    if (pruned.removed.some((id) => nodes.get(id)?.status === "running")) throw new Problem("busy");
    await tx.message.updateMany({
      where: { id: { in: pruned.moved } },
      data: { parentId: node.parentId },
    });
    for (let i = 0; i < pruned.removed.length; i += DELETED_AT_ONCE) {
      await tx.message.deleteMany({ where: { id: { in: pruned.removed.slice(i, i + DELETED_AT_ONCE) } } });
    }
    const headMessageId = headAfter(nodes, pruned.nodes, head);
    await tx.thread.updateMany({ where: { id: threadId }, data: { headMessageId } });
    return { removed: pruned.removed, headMessageId };
  });
  publish(actor.id, { type: "messages-deleted", threadId, messageIds: removed, headMessageId });
  return { headMessageId };
}

interface TreeNode extends Node {
  status: string;
}

/** The thread's tree, and its row locked: nobody adds a message to what is being taken away. */
async function lockedTree(
  tx: Transaction,
  actor: Actor,
  threadId: string,
): Promise<{ nodes: Map<string, TreeNode>; head: string | null }> {
  const { count } = await tx.thread.updateMany({
    where: { id: threadId, ...threadsOf(actor) },
    data: { messageCount: { increment: 0 } },
  });
  if (count === 0) throw notFound();
  const { headMessageId, messages } = await tx.thread.findUniqueOrThrow({
    where: { id: threadId },
    select: {
      headMessageId: true,
      messages: {
        select: { id: true, parentId: true, ordinal: true, status: true },
        orderBy: { ordinal: "asc" },
      },
    },
  });
  return { nodes: new Map(messages.map((node) => [node.id, node])), head: headMessageId };
}
