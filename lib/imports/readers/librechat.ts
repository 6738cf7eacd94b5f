import * as z from "zod";
import type { ImportedMessage, ImportedPart } from "../imported";
import { isObject, MOST_LOOKED_AT, messageList, type Reader, timeOf } from "./reader.ts";

// LibreChat's export: a JSON object for one conversation, its messages in a list that names parents, or nested as a tree
// where "recursive" was chosen. Files are named only.

const message = z.object({
  messageId: z.string(),
  parentMessageId: z.string().nullish(),
  isCreatedByUser: z.boolean().optional(),
  sender: z.string().nullish(),
  text: z.string().catch(""),
  content: z.array(z.unknown()).catch([]),
  createdAt: z.unknown().optional(),
  files: z.array(z.unknown()).catch([]),
  children: z.array(z.unknown()).catch([]),
});

const conversation = z.object({
  conversationId: z.string(),
  title: z.string().nullish(),
  exportAt: z.unknown().optional(),
  messages: messageList.optional(),
  messagesTree: messageList.optional(),
});

export const librechat: Reader = {
  recognises: (element) =>
    isObject(element) &&
    typeof element.conversationId === "string" &&
    (Array.isArray(element.messages) || Array.isArray(element.messagesTree)),
  read(element) {
    const { title, messages, messagesTree } = conversation.parse(element);
    const read: ImportedMessage[] = [];
    let unread = 0;
    for (const waiting = [...(messages ?? messagesTree ?? [])].reverse(); waiting.length > 0; ) {
      if (read.length + unread === MOST_LOOKED_AT) break;
      const parsed = message.safeParse(waiting.pop());
      if (!parsed.success) {
        unread++;
        continue;
      }
      read.push(messageOf(parsed.data));
      for (const child of parsed.data.children.reverse()) waiting.push(child);
    }
    return {
      id: null,
      title: title ?? "",
      createdAt: read[0]?.createdAt ?? null,
      lastActivityAt: read.at(-1)?.createdAt ?? null,
      settings: {},
      headId: null,
      messages: read,
      unread,
    };
  },
};

function messageOf(each: z.infer<typeof message>): ImportedMessage {
  const fromUser = each.isCreatedByUser ?? each.sender?.toLowerCase() === "user";
  return {
    id: each.messageId,
    // The first ones follow an id of zeros.
    parentId: each.parentMessageId ?? null,
    role: fromUser ? "user" : "assistant",
    status: "complete",
    createdAt: timeOf(each.createdAt),
    parts: [...each.files.flatMap(named), ...said(each)],
  };
}

function said({ text, content }: z.infer<typeof message>): ImportedPart[] {
  const parts = content.flatMap((part): ImportedPart[] => {
    if (!isObject(part) || part.type !== "text") return [];
    const value = isObject(part.text) ? part.text.value : part.text;
    return typeof value === "string" ? [{ type: "text", text: value }] : [];
  });
  return parts.length > 0 ? parts : [{ type: "text", text }];
}

function named(file: unknown): ImportedPart[] {
  if (!isObject(file)) return [];
  const type = String(file.type ?? "").startsWith("image/") ? "image" : "document";
  return [{ type, file: null, name: String(file.filename ?? "file") }];
}
