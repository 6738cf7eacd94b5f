import type { Message } from "@/lib/messages/message";
import type { SharingRules } from "@/lib/settings/settings";
import type { ThreadDetail } from "@/lib/threads/thread";

export const RULES: SharingRules = { allowed: true, longestDays: null, signedInOnly: false };

/** One message; each follows the one whose number is one less. */
export const said = (ordinal: number, text: string): Message => ({
  id: `m${ordinal}`,
  parentId: ordinal === 1 ? null : `m${ordinal - 1}`,
  role: ordinal % 2 ? "user" : "assistant",
  parts: [{ type: "text", text }],
  status: "complete",
  failure: null,
  ordinal,
  createdAt: "2026-11-23T10:00:00.000Z",
  generationId: null,
  usage: null,
});

export const threadOf = (messages: Message[]): ThreadDetail =>
  ({ id: "thread", title: "Boats", messages, headMessageId: messages.at(-1)?.id ?? null }) as ThreadDetail;
