import * as z from "zod";
import { FILE_ID, type ImportedMessage, type ImportedPart } from "../imported.ts";
import { isObject, messageRecord, type Reader, timeOf } from "./reader.ts";

// OpenAI's export: a ZIP with conversations.json, an array of conversations, each a tree of nodes under `mapping`. Many
// nodes show nothing: the root, what the system says, calls of tools and what they answer. Pictures stand beside it,
// their names beginning with the id that `asset_pointer` ends with.

const node = z.object({
  parent: z.string().nullish(),
  message: z
    .object({
      author: z.object({ role: z.string() }),
      create_time: z.unknown().optional(),
      recipient: z.string().nullish(),
      content: z.looseObject({ content_type: z.string(), parts: z.array(z.unknown()).catch([]) }),
      metadata: z.looseObject({ attachments: z.array(z.unknown()).catch([]) }).catch({ attachments: [] }),
    })
    .nullish()
    .catch(null),
});
type Node = z.infer<typeof node>;

const conversation = z.object({
  title: z.string().nullish(),
  create_time: z.unknown().optional(),
  update_time: z.unknown().optional(),
  current_node: z.string().nullish(),
  mapping: messageRecord,
});

export const chatgpt: Reader = {
  recognises: (element) => isObject(element) && isObject(element.mapping),
  read(element) {
    const { title, create_time, update_time, current_node, mapping } = conversation.parse(element);
    const nodes = new Map<string, Node>();
    for (const [id, value] of Object.entries(mapping)) {
      const parsed = node.safeParse(value);
      if (parsed.success) nodes.set(id, parsed.data);
    }
    const shown = new Map<string, ImportedMessage>();
    for (const [id, each] of nodes) {
      const message = messageOf(id, each);
      if (message) shown.set(id, message);
    }
    for (const [id, message] of shown) message.parentId = above(nodes.get(id)?.parent ?? null, nodes, shown);
    return {
      id: null,
      title: title ?? "",
      createdAt: timeOf(create_time),
      lastActivityAt: timeOf(update_time),
      settings: {},
      headId: above(current_node ?? null, nodes, shown),
      messages: [...shown.values()],
      unread: Object.keys(mapping).length - nodes.size,
    };
  },
};

/** The nearest node from here to the root that shows something. */
function above(
  from: string | null,
  nodes: ReadonlyMap<string, Node>,
  shown: ReadonlyMap<string, unknown>,
): string | null {
  const seen = new Set<string>();
  let id = from;
  while (id !== null && !shown.has(id)) {
    if (seen.has(id)) return null;
    seen.add(id);
    id = nodes.get(id)?.parent ?? null;
  }
  return id;
}

function messageOf(id: string, { message }: Node): ImportedMessage | null {
  if (!message || message.metadata.is_visually_hidden_from_conversation === true) return null;
  const { role } = message.author;
  if (role !== "user" && role !== "assistant") return null;
  // A call of a tool is addressed to it.
  if (role === "assistant" && (message.recipient ?? "all") !== "all") return null;
  const { content_type, parts } = message.content;
  if (content_type !== "text" && content_type !== "multimodal_text") return null;
  const names = namesOf(message.metadata.attachments);
  const own = [
    ...parts.flatMap((part) => partOf(part, names)),
    ...message.metadata.attachments.flatMap(attached),
  ];
  if (own.length === 0) return null;
  return {
    id,
    parentId: null,
    role,
    status: "complete",
    createdAt: timeOf(message.create_time),
    parts: own,
  };
}

function partOf(part: unknown, names: ReadonlyMap<string, string>): ImportedPart[] {
  if (typeof part === "string") {
    const text = part.replace(CITATION, "");
    return text.trim() === "" ? [] : [{ type: "text", text }];
  }
  if (!isObject(part)) return [];
  if (part.content_type === "audio_transcription" && typeof part.text === "string")
    return [{ type: "text", text: part.text }];
  if (part.content_type !== "image_asset_pointer" || typeof part.asset_pointer !== "string") return [];
  const file = beginning(part.asset_pointer.replace(/^[\w-]+:\/\//, ""));
  // Without one it is called as the file is, where that is there.
  return [{ type: "image", file, name: (file && names.get(file.beginning)) ?? "" }];
}

/** What its owner called a file; the ZIP often has it as "file_….dat". */
const namesOf = (attachments: readonly unknown[]): ReadonlyMap<string, string> =>
  new Map(
    attachments.flatMap((each) => {
      const file = isObject(each) && typeof each.id === "string" && beginning(each.id);
      return file && typeof (each as { name?: unknown }).name === "string"
        ? [[file.beginning, String((each as { name: string }).name)] as const]
        : [];
    }),
  );

/** What it puts around links to sources, in characters that mean nothing elsewhere. */
const CITATION = /\ue200[^\ue201]{0,2000}\ue201/g;

/** Pictures stand among the parts as well. */
function attached(attachment: unknown): ImportedPart[] {
  if (!isObject(attachment) || typeof attachment.id !== "string") return [];
  const type = String(attachment.mime_type ?? attachment.mimeType ?? "");
  if (type.startsWith("image/")) return [];
  return [{ type: "document", file: beginning(attachment.id), name: String(attachment.name ?? "document") }];
}

function beginning(id: string): { beginning: string } | null {
  const match = FILE_ID.exec(id);
  return match && { beginning: match[0] };
}
