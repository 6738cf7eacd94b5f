import "server-only";
import { decideSettings } from "@/lib/generations/decide";
import { asChosen, instructionsWith } from "@/lib/generations/prompt";
import { estimateTokens } from "@/lib/ionos/estimate";
import { documentsOf, imagesOf, type Message, type Part, textOf } from "@/lib/messages/message";
import { MESSAGE_COLUMNS, messageOf } from "@/lib/messages/rows";
import { pathTo } from "@/lib/messages/tree";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/problem";
import { threadsOf } from "@/lib/threads/scope";
import type { Actor } from "@/lib/users/actor";
import { choicesOf, withChoices } from "./choices";
import { type ContextDocument, type ContextImage, roughTokens, type ThreadContext } from "./context";
import type { ContextInput } from "./schema";

/** What the next question in a thread takes along, in tokens by kind. Throws `not-found`. */
export async function threadContext(
  actor: Actor,
  threadId: string,
  input: ContextInput,
): Promise<ThreadContext> {
  const thread = await database().thread.count({ where: { id: threadId, ...threadsOf(actor) } });
  if (thread === 0) throw notFound();
  const [path, settings] = await Promise.all([
    branchTo(threadId, input.head),
    decideSettings(database(), actor, threadId),
  ]);
  const images = path.flatMap((message) =>
    imagesOf(message).map((image): ContextImage => ({ messageId: message.id, image })),
  );
  const documents = path.flatMap((message) =>
    documentsOf(message).map((document): ContextDocument => ({ messageId: message.id, document })),
  );
  const sent = path.flatMap(({ parts }) => parts);
  const careful = input.careful !== undefined;
  const [text, words] = await Promise.all(
    [`${instructionsWith(settings.instructions)}\n${textsOf(sent)}`, wordsOf(sent)].map((said) =>
      careful ? estimateTokens(said) : roughTokens(said),
    ),
  );
  return {
    tokens: {
      text: text ?? 0,
      words: words ?? 0,
      images: sum(imagesOf({ parts: sent.map(asChosen) })),
      documents: sum(documentsOf({ parts: sent.map(asChosen) })),
    },
    careful,
    images,
    documents,
  };
}

async function branchTo(threadId: string, head: string): Promise<Message[]> {
  const [rows, choices] = await Promise.all([
    database().message.findMany({ where: { threadId }, select: MESSAGE_COLUMNS }),
    choicesOf(threadId),
  ]);
  const nodes = new Map(rows.map((row) => [row.id, withChoices(messageOf(row), choices)]));
  const path = pathTo(nodes, head);
  if (path.length === 0) throw notFound();
  return path;
}

const textsOf = (parts: Part[]): string => textOf({ parts });

/** What stands in the place of pictures and documents. */
const wordsOf = (parts: Part[]): string =>
  textOf({ parts: parts.filter(({ type }) => type !== "text").map(asChosen) });

const sum = (parts: { tokens: number }[]): number => parts.reduce((total, { tokens }) => total + tokens, 0);
