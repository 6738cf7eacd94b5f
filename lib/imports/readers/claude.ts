import * as z from "zod";
import type { ImportedMessage, ImportedPart } from "../imported";
import { isObject, messageList, type Reader, timeOf } from "./reader.ts";

// Anthropic's export: a ZIP with conversations.json, an array of conversations with their messages in order; newer ones
// say which message each follows. Of files there is the text that was read of them, or the name alone.

const message = z.object({
  uuid: z.string(),
  sender: z.enum(["human", "assistant"]),
  text: z.string().catch(""),
  content: z.array(z.unknown()).catch([]),
  created_at: z.unknown().optional(),
  parent_message_uuid: z.string().nullish(),
  attachments: z.array(z.unknown()).catch([]),
  files: z.array(z.unknown()).catch([]),
});
type Message = z.infer<typeof message>;

const conversation = z.object({
  name: z.string().nullish(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
  current_leaf_message_uuid: z.string().nullish(),
  chat_messages: messageList,
});

export const claude: Reader = {
  recognises: (element) => isObject(element) && Array.isArray(element.chat_messages),
  read(element) {
    const { name, created_at, updated_at, current_leaf_message_uuid, chat_messages } =
      conversation.parse(element);
    const read = chat_messages.flatMap((each) => {
      const parsed = message.safeParse(each);
      return parsed.success ? [parsed.data] : [];
    });
    return {
      id: null,
      title: name ?? "",
      createdAt: timeOf(created_at),
      lastActivityAt: timeOf(updated_at),
      settings: {},
      headId: current_leaf_message_uuid ?? null,
      messages: read.map((each, index) => messageOf(each, read[index - 1])),
      unread: chat_messages.length - read.length,
    };
  },
};

const messageOf = (each: Message, before: Message | undefined): ImportedMessage => ({
  id: each.uuid,
  // The first ones follow an id that is none of theirs.
  parentId:
    each.parent_message_uuid === undefined ? (before?.uuid ?? null) : (each.parent_message_uuid ?? null),
  role: each.sender === "human" ? "user" : "assistant",
  status: "complete",
  createdAt: timeOf(each.created_at),
  parts: [...each.attachments.flatMap(attached), ...each.files.flatMap(named), ...said(each)],
});

/** Blocks where there are some; older exports have the text alone. */
function said({ content, text }: Message): ImportedPart[] {
  const parts = content.flatMap((block): ImportedPart[] => {
    if (!isObject(block)) return [];
    if (block.type === "text" && typeof block.text === "string") return [{ type: "text", text: block.text }];
    return block.type === "tool_use" ? [{ type: "other", name: String(block.name ?? "") }] : [];
  });
  return parts.some(({ type }) => type === "text") || text === ""
    ? parts
    : [...parts, { type: "text", text }];
}

function attached(attachment: unknown): ImportedPart[] {
  if (!isObject(attachment)) return [];
  const name = String(attachment.file_name || "document.txt");
  const text = attachment.extracted_content;
  const file = typeof text === "string" && text !== "" ? { bytes: new TextEncoder().encode(text) } : null;
  return [{ type: "document", file, name }];
}

function named(file: unknown): ImportedPart[] {
  if (!isObject(file)) return [];
  const name = String(file.file_name || "file");
  return [{ type: /\.(jpe?g|png|webp|gif|heic|avif)$/i.test(name) ? "image" : "document", file: null, name }];
}
