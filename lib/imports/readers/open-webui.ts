import * as z from "zod";
import type { ImportedMessage, ImportedPart } from "../imported";
import { bytesOfDataUrl, isObject, messageRecord, type Reader, timeOf } from "./reader.ts";

// Open WebUI's export: a JSON array of chats, each a tree of messages under `chat.history`, pictures as data URLs.

const message = z.object({
  id: z.string(),
  parentId: z.string().nullish(),
  role: z.enum(["user", "assistant"]),
  content: z.unknown().optional(),
  timestamp: z.unknown().optional(),
  files: z.array(z.unknown()).catch([]),
});

const element = z.object({
  title: z.string().nullish(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
  chat: z.object({
    title: z.string().nullish(),
    history: z.object({ currentId: z.string().nullish(), messages: messageRecord }),
  }),
});

export const openWebui: Reader = {
  recognises: (value) => isObject(value) && isObject(value.chat) && isObject(value.chat.history),
  read(value) {
    const { title, created_at, updated_at, chat } = element.parse(value);
    const all = Object.values(chat.history.messages);
    const messages = all.flatMap((each) => {
      const parsed = message.safeParse(each);
      return parsed.success ? [messageOf(parsed.data)] : [];
    });
    return {
      id: null,
      title: title ?? chat.title ?? "",
      createdAt: timeOf(created_at),
      lastActivityAt: timeOf(updated_at),
      settings: {},
      headId: chat.history.currentId ?? null,
      messages,
      unread: all.length - messages.length,
    };
  },
};

function messageOf({
  id,
  parentId,
  role,
  content,
  timestamp,
  files,
}: z.infer<typeof message>): ImportedMessage {
  const texts = typeof content === "string" ? [content] : textsIn(content);
  return {
    id,
    parentId: parentId ?? null,
    role,
    status: "complete",
    createdAt: timeOf(timestamp),
    parts: [
      ...files.flatMap(fileOf),
      ...texts.map((text): ImportedPart => ({ type: "text", text: withoutReasoning(text).trim() })),
    ],
  };
}

/** Without what a model thought aloud, or did, folded away there. In one go: a pattern would look ahead again and again. */
function withoutReasoning(text: string): string {
  let kept = "";
  for (let at = 0; ; ) {
    const begin = text.indexOf('<details type="', at);
    const end = begin < 0 ? -1 : text.indexOf("</details>", begin);
    if (end < 0) return kept + text.slice(at);
    kept += text.slice(at, begin);
    at = end + "</details>".length;
  }
}

const textsIn = (content: unknown): string[] =>
  Array.isArray(content)
    ? content.flatMap((part) => (isObject(part) && typeof part.text === "string" ? [part.text] : []))
    : [];

function fileOf(value: unknown): ImportedPart[] {
  if (!isObject(value)) return [];
  const inner = isObject(value.file) ? value.file : {};
  const name = String(value.name ?? inner.filename ?? value.type ?? "file");
  if (value.type === "image") {
    const bytes = bytesOfDataUrl(value.url);
    return [{ type: "image", file: bytes && { bytes }, name: name === "image" ? "image.png" : name }];
  }
  const text = isObject(inner.data) ? inner.data.content : undefined;
  const bytes = typeof text === "string" && text !== "" ? new TextEncoder().encode(text) : null;
  return [{ type: "document", file: bytes && { bytes }, name }];
}
