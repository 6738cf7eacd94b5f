import "server-only";
import { type Choices, choicesOf, withChoices } from "@/lib/context/choices";
import type { Message } from "@/lib/messages/message";
import { MESSAGE_COLUMNS, messageOf } from "@/lib/messages/rows";
import { pathTo } from "@/lib/messages/tree";
import { database } from "@/lib/platform/database";
import { asChosen, legalHistory, type Turn } from "./prompt";

type HistoryNode = Pick<Message, "id" | "parentId" | "role" | "parts">;

/**
 * The turns from the thread's beginning to this question. The caller has the question within an actor's scope; its own
 * row need not be there yet.
 */
export async function historyTo(threadId: string, question: HistoryNode): Promise<Turn[]> {
  const isFirst = question.parentId === null;
  // Of words alone there is nothing to leave out, and somebody waits for the first one of the answer.
  if (isFirst && question.parts.every(({ type }) => type === "text")) return historyOf([question], NONE);
  const [choices, rows] = await Promise.all([
    choicesOf(threadId, "changed"),
    isFirst ? [] : database().message.findMany({ where: { threadId }, select: MESSAGE_COLUMNS }),
  ]);
  if (isFirst) return historyOf([question], choices);
  const nodes = new Map(rows.map((row) => [row.id, messageOf(row)]));
  return historyOf([...pathTo(nodes, question.parentId), question], choices);
}

const NONE: Choices = { images: new Map(), documents: new Map() };

const historyOf = (path: HistoryNode[], choices: Choices): Turn[] =>
  legalHistory(
    path.map((message) => ({ ...message, parts: withChoices(message, choices).parts.map(asChosen) })),
  );
