import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onAnswered } from "@/lib/generations/afterwards";
import { stopGeneration } from "@/lib/generations/commands";
import { acceptImage } from "@/lib/images/commands";
import { quarters } from "@/lib/images/testing/pictures";
import { environment } from "@/lib/platform/environment";
import { temporaryAnswer } from "@/lib/temporary/answer";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { threadDetail } from "@/lib/threads/queries";
import { setPersonSettings, setThreadSettings } from "@/lib/threads/set";
import type { Actor } from "@/lib/users/actor";
import { sendMessage } from "./commands";
import { imagesOf } from "./message";
import { changeQueued, queueMessage, systemSendNext } from "./queue";

withModel();
const picture = await quarters(80, 60).jpeg().toBuffer();
const tooMany = (limit: number) => ({ code: "too-many-images", status: 400, details: { limit } });

let ada: Actor;
let imageIds: string[];
beforeEach(async () => {
  onAnswered(systemSendNext);
  vi.stubEnv("IONOS_MODELS", "few/pictures,no/pictures");
  vi.stubEnv("LEEWARD_MOST_IMAGES", "3,few/pictures=2,no/pictures=0");
  ada = await aPerson();
  const uploads = [1, 2, 3, 4].map((name) => acceptImage(ada, { name: `${name}.jpg`, bytes: picture }));
  imageIds = (await Promise.all(uploads)).map(({ id }) => id);
});
afterEach(() => vi.unstubAllEnvs());

const some = (count: number, text = "[[say:Seen.]]") =>
  aQuestion(text, { imageIds: imageIds.slice(0, count) });

describe("a message has at most as many pictures as", () => {
  it("the installation says, where its model says nothing else", async () => {
    await expect(sendMessage(ada, randomUUID(), some(4))).rejects.toMatchObject(tooMany(3));
    const { message } = await sendMessage(ada, randomUUID(), some(3));
    expect(imagesOf(message)).toHaveLength(3);
  });

  it("the model takes that the thread begins with, or has chosen since; what is refused leaves nothing", async () => {
    const threadId = randomUUID();
    const begun = { ...some(3), settings: { model: "few/pictures" } };
    await expect(sendMessage(ada, threadId, begun)).rejects.toMatchObject(tooMany(2));
    await expect(threadDetail(ada, threadId)).rejects.toMatchObject({ code: "not-found" });

    const first = some(3);
    await sendMessage(ada, threadId, first);
    await followed(ada, first.generationId);
    await setThreadSettings(ada, threadId, { model: "no/pictures" });
    const next = { ...some(1), parentId: first.answerId };
    await expect(sendMessage(ada, threadId, next)).rejects.toMatchObject(tooMany(0));
    await sendMessage(ada, threadId, { ...next, imageIds: [] });
    expect((await threadDetail(ada, threadId)).model).toBe("no/pictures");
  });

  it("the person's model takes, where the thread has none", async () => {
    await setPersonSettings(ada, { model: "few/pictures" });
    await expect(sendMessage(ada, randomUUID(), some(3))).rejects.toMatchObject(tooMany(2));
    const chosen = { ...some(3), settings: { model: environment().provider.model } };
    await sendMessage(ada, randomUUID(), chosen);
  });

  it("fits, also while it waits in the queue", async () => {
    const threadId = randomUUID();
    const first = aQuestion("[[pace:2000,50,0]]");
    await sendMessage(ada, threadId, { ...first, settings: { model: "few/pictures" } });
    const { parentId: _none, ...input } = some(3);
    await expect(queueMessage(ada, threadId, input)).rejects.toMatchObject(tooMany(2));
    await queueMessage(ada, threadId, { ...input, imageIds: imageIds.slice(0, 2) });
    const change = { text: "Three", imageIds: imageIds.slice(0, 3), documents: [] };
    await expect(changeQueued(ada, threadId, input.messageId, change)).rejects.toMatchObject(tooMany(2));
    const [waiting] = (await threadDetail(ada, threadId)).queue;
    expect(waiting && imagesOf(waiting)).toHaveLength(2);
    const eve = await aPerson();
    await expect(changeQueued(eve, threadId, input.messageId, change)).rejects.toMatchObject({
      code: "not-found",
    });
    await stopGeneration(ada, first.generationId);
  });

  it("fits in a temporary conversation", async () => {
    const settings = { model: "few/pictures" };
    const input = { messages: [{ role: "user" as const, text: "Look", images: [0, 1, 2] }], settings };
    const files = [picture, picture, picture].map((bytes) => new Uint8Array(bytes));
    await expect(temporaryAnswer(ada, input, files)).rejects.toMatchObject(tooMany(2));
  });
});
