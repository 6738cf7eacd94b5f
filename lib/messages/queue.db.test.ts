import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { onAnswered } from "@/lib/generations/afterwards";
import { stopGeneration } from "@/lib/generations/commands";
import { database } from "@/lib/platform/database";
import { openBranchOf } from "@/lib/testing/branch";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { deleteThread } from "@/lib/threads/commands";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";
import { sendMessage } from "./commands";
import { textOf } from "./message";
import { changeQueued, orderQueue, queueMessage, removeQueued, sendNext, systemSendNext } from "./queue";
import { MOST_QUEUED } from "./queued";

withModel();
let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  onAnswered(systemSendNext);
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

const SLOW = "[[pace:2000,50,0]]";

/** A thread in which an answer is being written. */
async function running() {
  const threadId = randomUUID();
  const question = aQuestion(SLOW);
  await sendMessage(ada, threadId, question);
  return { threadId, ...question, stop: () => stopGeneration(ada, question.generationId) };
}

function waiting(text: string) {
  const { parentId: _none, ...input } = aQuestion(text);
  return input;
}

const queued = async (threadId: string) => (await threadDetail(ada, threadId)).queue.map(textOf);
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

describe("the queue", () => {
  it("is sent by the server, one after the other and in order, each following the answer before", async () => {
    const threadId = randomUUID();
    const first = aQuestion("[[pace:40,100,0]]");
    await sendMessage(ada, threadId, first);
    const [two, three] = [waiting("[[say:Two.]]"), waiting("[[say:Three.]]")];
    await queueMessage(ada, threadId, two);
    expect((await queueMessage(ada, threadId, three)).queue).toHaveLength(2);
    await followed(ada, first.generationId);
    await eventually(async () => {
      const { messages, queue, running } = await threadDetail(ada, threadId);
      expect([queue.length, running, messages.length]).toEqual([0, false, 6]);
    });
    const path = await openBranchOf(ada, threadId);
    expect(path.map(textOf)).toEqual([
      first.text,
      expect.stringContaining("ENDOFANSWER"),
      two.text,
      "Two.",
      three.text,
      "Three.",
    ]);
    expect(path[2]?.id).toBe(two.messageId);
  });

  it("is sent at once when nothing is being written any more", async () => {
    const threadId = randomUUID();
    const first = aQuestion("[[say:One.]]");
    await sendMessage(ada, threadId, first);
    await followed(ada, first.generationId);
    const late = waiting("[[say:Two.]]");
    expect((await queueMessage(ada, threadId, late)).queue).toEqual([]);
    expect((await followed(ada, late.generationId)).text).toBe("Two.");
  });

  it("pauses after a stop, keeps everything, and goes on when asked to", async () => {
    const { threadId, generationId, stop } = await running();
    await queueMessage(ada, threadId, waiting("[[say:Two.]]"));
    await queueMessage(ada, threadId, waiting("[[say:Three.]]"));
    await expect(sendNext(ada, threadId)).rejects.toMatchObject({ code: "busy" });
    await stop();
    expect((await followed(ada, generationId)).end.status).toBe("stopped");
    expect(await queued(threadId)).toEqual(["[[say:Two.]]", "[[say:Three.]]"]);
    await Promise.allSettled([sendNext(ada, threadId), sendNext(ada, threadId)]);
    await eventually(async () => expect(await queued(threadId)).toEqual([]));
    await eventually(async () => expect((await openBranchOf(ada, threadId)).at(-1)?.status).toBe("complete"));
    expect((await openBranchOf(ada, threadId)).map(textOf).slice(2)).toEqual([
      "[[say:Two.]]",
      "Two.",
      "[[say:Three.]]",
      "Three.",
    ]);
  });

  it("is edited, reordered and taken back", async () => {
    const { threadId, stop } = await running();
    const inputs = ["a", "b", "c"].map((text) => waiting(`[[say:${text}]]`));
    for (const input of inputs) await queueMessage(ada, threadId, input);
    const [a, b, c] = inputs.map(({ messageId }) => messageId) as [string, string, string];
    await orderQueue(ada, threadId, [c, a]);
    expect(await queued(threadId)).toEqual(["[[say:c]]", "[[say:a]]", "[[say:b]]"]);
    await changeQueued(ada, threadId, a, { text: "changed", imageIds: [], documents: [] });
    await removeQueued(ada, threadId, b);
    expect(await queued(threadId)).toEqual(["[[say:c]]", "changed"]);
    await expect(removeQueued(ada, threadId, b)).rejects.toMatchObject({ code: "not-found" });
    await expect(
      changeQueued(ada, threadId, a, { text: " ", imageIds: [], documents: [] }),
    ).rejects.toMatchObject({
      code: "bad-request",
    });
    await stop();
  });

  it("threat 61: the same request again is the same question, before and after it was sent", async () => {
    const { threadId, stop } = await running();
    const input = waiting("[[say:Once.]]");
    await Promise.all([queueMessage(ada, threadId, input), queueMessage(ada, threadId, input)]);
    expect(await queued(threadId)).toHaveLength(1);
    await expect(queueMessage(ada, threadId, { ...input, text: "other" })).rejects.toMatchObject({
      code: "conflict",
    });
    await stop();
    await eventually(async () => expect(await sendNext(ada, threadId)).not.toBeNull());
    await followed(ada, input.generationId);
    await queueMessage(ada, threadId, input);
    await expect(queueMessage(ada, threadId, { ...input, text: "other" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await queued(threadId)).toEqual([]);
    expect((await threadDetail(ada, threadId)).messages).toHaveLength(4);
  });

  it("threat 61: a waiting question that was changed is still known by the request that queued it", async () => {
    const { threadId, stop } = await running();
    const input = waiting("[[say:Once.]]");
    await queueMessage(ada, threadId, input);
    await changeQueued(ada, threadId, input.messageId, { ...input, text: "[[say:Changed.]]" });
    await queueMessage(ada, threadId, input);
    expect(await queued(threadId)).toEqual(["[[say:Changed.]]"]);
    await stop();
    await eventually(async () => expect(await sendNext(ada, threadId)).not.toBeNull());
    expect((await followed(ada, input.generationId)).text).toBe("Changed.");
    await queueMessage(ada, threadId, input);
    expect((await threadDetail(ada, threadId)).messages).toHaveLength(4);
  });

  it("threats 1 and 8: is nobody else's, and is not sent for who was suspended nor from the bin", async () => {
    const { threadId, generationId, stop } = await running();
    const input = waiting("[[say:Mine.]]");
    await queueMessage(ada, threadId, input);
    const notFound = { code: "not-found" };
    const { messageId } = input;
    await expect(queueMessage(eve, threadId, waiting("Yours?"))).rejects.toMatchObject(notFound);
    await expect(removeQueued(eve, threadId, messageId)).rejects.toMatchObject(notFound);
    await expect(
      changeQueued(eve, threadId, messageId, { text: "x", imageIds: [], documents: [] }),
    ).rejects.toMatchObject(notFound);
    await expect(orderQueue(eve, threadId, [messageId])).rejects.toMatchObject(notFound);
    await expect(sendNext(eve, threadId)).rejects.toMatchObject(notFound);
    await stop();
    await followed(ada, generationId);
    await database().message.updateMany({ where: { threadId }, data: { status: "complete" } });
    await database().user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } });
    await systemSendNext(ada, threadId);
    expect(await queued(threadId)).toHaveLength(1);
    await database().user.update({ where: { id: ada.id }, data: { suspendedAt: null } });
    await deleteThread(ada, threadId);
    await systemSendNext(ada, threadId);
    expect(await database().queuedMessage.count({ where: { threadId } })).toBe(1);
  });

  it("has an end", async () => {
    const { threadId, stop } = await running();
    for (let i = 0; i < MOST_QUEUED; i++) await queueMessage(ada, threadId, waiting(`${i}`));
    await expect(queueMessage(ada, threadId, waiting("more"))).rejects.toMatchObject({
      code: "queue-full",
      details: { limit: MOST_QUEUED },
    });
    await stop();
  });
});
