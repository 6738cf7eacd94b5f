import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { threadContext } from "@/lib/context/queries";
import { sendMessage } from "@/lib/messages/commands";
import { database } from "@/lib/platform/database";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { deleteThread } from "@/lib/threads/commands";
import type { Actor } from "@/lib/users/actor";
import { acceptImage } from "./commands";
import { listPictures } from "./list";
import { quarters } from "./testing/pictures";
import { chooseImageContext } from "./words";

withModel();
let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

let edge = 40;
/** No two alike: the same picture is kept once. */
const anImage = async (name: string) =>
  acceptImage(ada, { name, bytes: new Uint8Array(await quarters(edge++, 30).png().toBuffer()) });

/** Sends a picture in a new thread and waits for the answer. */
async function sent(name: string, threadId: string = randomUUID()) {
  const image = await anImage(name);
  const question = aQuestion("[[say:Yes.]]", { imageIds: [image.id] });
  const { generationId } = await sendMessage(ada, threadId, question);
  await followed(ada, generationId);
  return { threadId, image, messageId: question.messageId, head: question.answerId };
}

describe("all of one's pictures", () => {
  test("newest first, each with its message or none; others see theirs alone", async () => {
    const { threadId, messageId } = await sent("sent.png");
    await anImage("draft.png");
    const { pictures, nextCursor } = await listPictures(ada);
    expect(pictures).toMatchObject([
      { name: "draft.png", place: null },
      { name: "sent.png", place: { threadId, messageId } },
    ]);
    expect(nextCursor).toBeNull();
    expect(await listPictures(eve)).toEqual({ pictures: [], nextCursor: null });
  });

  test("what is only in the bin is not there", async () => {
    const { threadId } = await sent("gone.png");
    await deleteThread(ada, threadId);
    expect((await listPictures(ada)).pictures).toEqual([]);
  });

  test("page by page, none twice and none left out, even of the same moment", async () => {
    const createdAt = new Date();
    await database().image.createMany({
      data: Array.from({ length: 100 }, (_, index) => ({
        id: randomUUID(),
        ownerId: ada.id,
        blobKey: randomUUID(),
        name: `${index}.png`,
        contentType: "image/png",
        width: 10,
        height: 10,
        bytes: 10,
        tokens: 2,
        createdAt,
      })),
    });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPictures(ada, cursor);
      names.push(...page.pictures.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toHaveLength(100);
    expect(new Set(names).size).toBe(100);
    await expect(listPictures(ada, "made up")).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("what the next question takes along", () => {
  test("text and pictures apart, less with each choice, counted carefully on wish", async () => {
    const { threadId, head, image, messageId } = await sent("one.png");
    const before = await threadContext(ada, threadId, { head });
    expect(before).toMatchObject({
      careful: false,
      tokens: { images: image.tokens, words: 0, documents: 0 },
    });
    expect(before.tokens.text).toBeGreaterThan(20);
    expect(before.images).toMatchObject([{ messageId, image: { imageId: image.id, context: "kept" } }]);

    await chooseImageContext(ada, messageId, image.id, { context: "described", language: "en" });
    const after = await threadContext(ada, threadId, { head, careful: "1" });
    expect(after).toMatchObject({ careful: true, tokens: { images: 0 } });
    expect(after.tokens.words).toBeGreaterThan(20);
    expect(after.images).toMatchObject([{ image: { context: "described" } }]);
  });

  test("3, 8 is its owner's, and of messages that are there", async () => {
    const { threadId, head } = await sent("one.png");
    await expect(threadContext(eve, threadId, { head })).rejects.toMatchObject({ code: "not-found" });
    await expect(threadContext(ada, threadId, { head: randomUUID() })).rejects.toMatchObject({
      code: "not-found",
    });
    await deleteThread(ada, threadId);
    await expect(threadContext(ada, threadId, { head })).rejects.toMatchObject({ code: "not-found" });
  });
});
