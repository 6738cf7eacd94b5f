import "server-only";
import type { ModelMessage } from "ai";
import { type Begun, begunOf, withGoOn } from "@/lib/generations/continuing";
import { legalHistory, type Turn } from "@/lib/generations/prompt";
import type { ModelImage } from "@/lib/images/model-image";
import type { ImagePart, Part } from "@/lib/messages/message";
import { Problem } from "@/lib/platform/problem";
import type { TemporaryInput } from "./schema";

/** A conversation that is only passing through: what the model is asked, and what it is counted by. */
export interface Conversation {
  turns: Turn[];
  messages: ModelMessage[];
  /** Of the answer that is gone on with; null: a question is answered. */
  begun: Begun | null;
}

/** Checks the pictures as those of an upload, and orders the turns. Throws `bad-request`, `image-refused`. */
export async function conversationOf(input: TemporaryInput, files: Uint8Array[]): Promise<Conversation> {
  const images: ModelImage[] = [];
  // Loaded with the first picture: the decoders take 20 MB.
  const { modelImage } = files.length > 0 ? await import("@/lib/images/model-image") : { modelImage: null };
  for (const file of files) if (modelImage) images.push(await modelImage(file));
  const asked = legalHistory(
    input.messages.map(({ role, text, images: numbers }) => ({
      role,
      parts: [...(role === "user" ? numbers.map((at) => partOf(images, at)) : []), ...textParts(text)],
    })),
  );
  if (asked.at(-1)?.role !== "user") throw new Problem("bad-request", { field: "messages" });
  const begun = begunIn(input);
  const turns = begun ? withGoOn(asked, begun.kept) : asked;
  return { turns, messages: turns.map((turn) => messageOf(turn, images)), begun };
}

function begunIn({ messages }: TemporaryInput): Begun | null {
  const last = messages.at(-1);
  return last?.role === "assistant" && last.text.trim() !== "" ? begunOf(textParts(last.text)) : null;
}

/** A picture without an id of its own: its number stands for it. */
function partOf(images: ModelImage[], at: number): ImagePart {
  const image = images[at];
  if (!image) throw new Problem("bad-request", { field: "images" });
  const { width, height, tokens } = image;
  return { type: "image", imageId: String(at), name: "", width, height, tokens };
}

const textParts = (text: string): Part[] => {
  const clean = text.replaceAll("\0", "").toWellFormed();
  return clean === "" ? [] : [{ type: "text", text: clean }];
};

function messageOf({ role, parts }: Turn, images: ModelImage[]): ModelMessage {
  const content = parts.flatMap((part) => {
    if (part.type === "text") return { type: "text" as const, text: part.text };
    const image = part.type === "image" ? images[Number(part.imageId)] : undefined;
    return image ? { type: "file" as const, data: image.bytes, mediaType: image.contentType } : [];
  });
  if (role === "user") return { role, content };
  return { role, content: parts.map((part) => (part.type === "text" ? part.text : "")).join("") };
}
