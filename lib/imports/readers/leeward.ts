import * as z from "zod";
import type { ImportedMessage, ImportedPart } from "../imported";
import { isObject, messageList, type Reader, timeOf } from "./reader.ts";

// docs/export-format.md. What is passed over here is not brought in: above all what only this server may say, such as
// tokens and tools' results.

const name = z.string().catch("");
const file = z.string().nullable().catch(null);
const words = z.string().nullable().optional().catch(null);
const part = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({
    type: z.literal("image"),
    file,
    name,
    caption: words,
    description: words,
    context: z.string().optional(),
  }),
  z.object({
    type: z.literal("document"),
    file,
    name,
    firstPage: z.int().optional(),
    lastPage: z.int().optional(),
    context: z.string().optional(),
  }),
  z.object({ type: z.literal("tool"), name }),
]);

const message = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  ordinal: z.int().optional(),
  role: z.enum(["user", "assistant"]),
  status: z.string().catch("complete"),
  createdAt: z.unknown().optional(),
  parts: z.array(z.unknown()),
});

const thread = z.object({
  format: z.literal("leeward-thread"),
  version: z.literal(1),
  id: z.string(),
  title: z.string(),
  createdAt: z.unknown().optional(),
  lastActivityAt: z.unknown().optional(),
  settings: z.unknown().optional(),
  openMessageId: z.string().nullable(),
  messages: messageList,
});

export const leeward: Reader = {
  recognises: (element) => isObject(element) && element.format === "leeward-thread",
  read(element) {
    const {
      messages: given,
      openMessageId,
      createdAt,
      lastActivityAt,
      settings,
      ...kept
    } = thread.parse(element);
    const messages = given.flatMap((each) => {
      const parsed = message.safeParse(each);
      return parsed.success ? [messageOf(parsed.data)] : [];
    });
    return {
      ...kept,
      createdAt: timeOf(createdAt),
      lastActivityAt: timeOf(lastActivityAt),
      settings,
      headId: openMessageId,
      messages,
      unread: given.length - messages.length,
    };
  },
};

const messageOf = ({ status, createdAt, parts, ...kept }: z.infer<typeof message>): ImportedMessage => ({
  ...kept,
  status: status === "complete" || status === "stopped" ? status : "interrupted",
  createdAt: timeOf(createdAt),
  parts: parts.map(partOf),
});

function partOf(value: unknown): ImportedPart {
  const parsed = part.safeParse(value);
  if (!parsed.success) return { type: "other", name: "" };
  const { data } = parsed;
  if (data.type === "text") return data;
  if (data.type === "tool") return { type: "other", name: data.name };
  return { ...data, file: data.file === null ? null : { path: data.file } };
}
