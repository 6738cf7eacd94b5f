import { randomUUID } from "node:crypto";
import { acceptImage } from "@/lib/images/commands";
import type { Part } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";
import type { Actor } from "@/lib/users/actor";
import type { CreateShareInput } from "./schema";

/** A thread of five messages on its open branch, one more beside it, and two pictures in the first; their ids. */
export async function aThread(
  owner: Actor,
  picture: Uint8Array | null = null,
): Promise<{ threadId: string; imageIds: string[]; messageIds: string[] }> {
  const threadId = randomUUID();
  const images = picture
    ? [
        await acceptImage(owner, { name: "SECRET-passport.jpg", bytes: picture }),
        await acceptImage(owner, { name: "SECRET-harbour.jpg", bytes: picture }),
      ]
    : [];
  const pictures = images.map(({ id, name, width, height, tokens }): Part => {
    return { type: "image", imageId: id, name, width, height, tokens };
  });
  const said = ["Question one", "Answer two", "SECRET three", "SECRET four", "SECRET five"];
  const rows = said.map((text, index) => ({
    id: randomUUID(),
    threadId,
    role: index % 2 ? "assistant" : "user",
    parts: [...(index === 0 ? pictures : []), { type: "text", text }] as object[],
    ordinal: index + 1,
  }));
  const beside = { ...aside(threadId), parentId: rows[0]?.id ?? null };
  await database().thread.create({
    data: {
      id: threadId,
      ownerId: owner.id,
      title: "Boats",
      headMessageId: rows.at(-1)?.id,
      messageCount: 6,
    },
  });
  await database().message.createMany({
    data: [...rows.map((row, index) => ({ ...row, parentId: rows[index - 1]?.id ?? null })), beside],
  });
  const [first] = rows;
  if (first && images.length > 0) {
    await database().messageImage.createMany({
      data: images.map(({ id: imageId }, position) => ({ messageId: first.id, imageId, position })),
    });
  }
  return {
    threadId,
    imageIds: images.map(({ id }) => id),
    messageIds: [...rows, beside].map(({ id }) => id),
  };
}

const aside = (threadId: string) => ({
  id: randomUUID(),
  threadId,
  role: "assistant",
  parts: [{ type: "text", text: "SECRET branch" }] as object[],
  ordinal: 6,
});

/** The first two messages for a week, and whatever else is said. */
export const aShare = (threadId: string, more: Partial<CreateShareInput> = {}): CreateShareInput => ({
  id: randomUUID(),
  threadId,
  title: "Two of five",
  choices: { messages: [1, 2], pictures: [], redactions: [], name: false, dates: false },
  expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  allowContinue: false,
  titleInPreview: false,
  password: null,
  ...more,
});
