import "server-only";
import type { ModelMessage } from "ai";
import { quotedPages } from "@/lib/documents/prompt";
import { pageTexts } from "@/lib/documents/queries";
import { readImage } from "@/lib/images/queries";
import { UpstreamFailure } from "@/lib/ionos/failure";
import {
  documentsOf,
  imagesOf,
  type Message,
  type Part,
  type ToolPart,
  textOf,
} from "@/lib/messages/message";
import type { Actor } from "@/lib/users/actor";
import { assistantMessages } from "./tool-turns";

/** A turn as Mistral wants it: roles alternate, nothing is empty, the first and the last are the person's. */
export interface Turn {
  role: "user" | "assistant";
  parts: Part[];
}

/**
 * The path to a question as a history that Mistral accepts, whatever was stopped, failed or deleted: messages
 * of one role in a row become one turn, those without content are left out (ionos-api: role order).
 */
export function legalHistory(path: Pick<Message, "role" | "parts">[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, parts } of path) {
    const said = parts.filter((part) => part.type !== "text" || part.text.trim() !== "");
    if (said.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === role) last.parts.push(BETWEEN, ...said);
    else if (last || role === "user") turns.push({ role, parts: [...said] });
  }
  while (turns.at(-1)?.role === "assistant") turns.pop();
  return turns;
}

/** Between what were two messages. */
const BETWEEN: Part = { type: "text", text: "\n\n" };

/**
 * A part as the person chose to have it sent: a picture may be words, or only a note that there was one, which is all
 * that may be left of a document.
 */
export function asChosen(part: Part): Part {
  if (part.type === "document" && part.context === "dropped") {
    return { type: "text", text: `[Document “${part.name}”, left out]\n` };
  }
  if (part.type !== "image" || !part.context || part.context === "kept") return part;
  const words = part.context === "described" && part.notes?.description;
  return {
    type: "text",
    text: words ? `[Picture “${part.name}”, in words: ${words}]\n` : `[Picture “${part.name}”, left out]\n`,
  };
}

/** What the pictures of the history cost in tokens, by the formula. */
export const imageTokensOf = (turns: Turn[]): number =>
  turns.flatMap(imagesOf).reduce((sum, image) => sum + image.tokens, 0);

/** What the documents of the history cost in tokens, as counted when they were read. */
export const documentTokensOf = (turns: Turn[]): number =>
  turns.flatMap(documentsOf).reduce((sum, document) => sum + document.tokens, 0);

/**
 * Text that one call may have, UTF-16 code units. The model's 128k tokens are about half a million; what is sixteen times
 * as long fits into none of the hub's, and would only keep the server and the provider busy (threat 69).
 */
const LONGEST_HISTORY = 8_000_000;
/** Of ordinary text; of a document's length nothing else is known before it is read. */
const LETTERS_PER_TOKEN = 4;

const lengthOf = (turns: Turn[]): number => turns.reduce((length, turn) => length + textOf(turn).length, 0);

/** By the words, and by the tokens of the documents, none of which is read for it. */
export const isTooLong = (turns: Turn[]): boolean =>
  lengthOf(turns) + documentTokensOf(turns) * LETTERS_PER_TOKEN > LONGEST_HISTORY;

/** All text of the history, for estimating its tokens. */
export const textOfTurns = (turns: Turn[]): string => turns.map(textOf).join("\n");

/**
 * The turns for the SDK, pictures as their bytes: the very ones that were previewed. Throws `request-too-large` where
 * documents are far longer than their tokens said.
 */
export async function modelMessages(actor: Actor, turns: Turn[]): Promise<ModelMessage[]> {
  const quoted = await quotedDocuments(actor, turns);
  const messages = await Promise.all(
    turns.map(async ({ role, parts }): Promise<ModelMessage[]> => {
      if (role === "assistant") return assistantMessages(parts);
      const content = await Promise.all(
        parts.flatMap((part) => (part.type === "tool" ? [] : userPart(actor, part, quoted))),
      );
      return [{ role, content }];
    }),
  );
  return messages.flat();
}

type Quoted = Map<Part, string>;

/** One after the other, and no further than a call may reach: each may be some megabytes. */
async function quotedDocuments(actor: Actor, turns: Turn[]): Promise<Quoted> {
  const quoted: Quoted = new Map();
  let length = lengthOf(turns);
  for (const part of turns.flatMap(documentsOf)) {
    const text = quotedPages(part, await pageTexts(actor, part));
    length += text.length;
    if (length > LONGEST_HISTORY) throw new UpstreamFailure({ code: "request-too-large" });
    quoted.set(part, text);
  }
  return quoted;
}

async function userPart(actor: Actor, part: Exclude<Part, ToolPart>, quoted: Quoted) {
  if (part.type === "text") return part;
  if (part.type === "document") return { type: "text" as const, text: quoted.get(part) ?? "" };
  const { bytes, contentType } = await readImage(actor, part.imageId);
  return { type: "file" as const, data: bytes, mediaType: contentType };
}

/** Said before every conversation, then the person's own. The day, because the model cannot know it. */
export function instructionsWith(own: string, now = new Date()): string {
  const ours =
    `You are a helpful assistant. Today is ${now.toISOString().slice(0, 10)}. Answer in the language of the question, ` +
    "in Markdown where it helps. Say so when you do not know something.";
  return own.trim() === "" ? ours : `${ours}\n\n${own.trim()}`;
}
