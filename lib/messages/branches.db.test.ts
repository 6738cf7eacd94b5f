import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { madeWith } from "@/lib/generations/queries";
import { database } from "@/lib/platform/database";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { deleteThread } from "@/lib/threads/commands";
import { listenAs } from "@/lib/threads/live";
import { threadDetail } from "@/lib/threads/queries";
import { todayUsage } from "@/lib/usage/queries";
import type { Actor } from "@/lib/users/actor";
import { deleteMessage, openBranch } from "./branches";
import { answerAgain, sendMessage } from "./commands";
import { forkThread } from "./fork";
import { textOf } from "./message";

withModel();
let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

/** Asks in the thread and waits for the end; the ids of question and answer. */
async function ask(threadId: string, text: string, parentId: string | null) {
  const { message, answer, generationId } = await sendMessage(ada, threadId, aQuestion(text, { parentId }));
  await followed(ada, generationId);
  return { question: message.id, answer: answer.id };
}

/** Two turns, the second one asked in two versions; the later version is open. */
async function branched() {
  const threadId = randomUUID();
  const first = await ask(threadId, "[[say:One.]]", null);
  const second = await ask(threadId, "[[say:Two.]]", first.answer);
  const edited = await ask(threadId, "[[say:Three.]]", first.answer);
  return { threadId, first, second, edited };
}

const idsOf = async (threadId: string) =>
  (await threadDetail(ada, threadId)).messages.map((message) => message.id);
const headOf = async (threadId: string) => (await threadDetail(ada, threadId)).headMessageId;

describe("branches", () => {
  it("an edited question is a sibling; the first version and its answer stay, and can be opened again", async () => {
    const { threadId, second, edited } = await branched();
    expect(await headOf(threadId)).toBe(edited.answer);
    const told: string[] = [];
    const leave = listenAs(ada, (event) => told.push(event));
    expect(await openBranch(ada, threadId, { messageId: second.question })).toEqual({
      headMessageId: second.answer,
    });
    leave();
    expect(await headOf(threadId)).toBe(second.answer);
    expect(told.map((event) => JSON.parse(event))).toEqual([
      { type: "head", threadId, headMessageId: second.answer },
    ]);
    expect(await idsOf(threadId)).toHaveLength(6);
  });

  it("a message of another thread, and a foreign thread, are not found", async () => {
    const { threadId, first } = await branched();
    const other = await ask(randomUUID(), "[[say:Other.]]", null);
    const notFound = { code: "not-found" };
    await expect(openBranch(ada, threadId, { messageId: other.answer })).rejects.toMatchObject(notFound);
    await expect(openBranch(eve, threadId, { messageId: first.answer })).rejects.toMatchObject(notFound);
    const removed = { following: "removed" } as const;
    await expect(deleteMessage(ada, threadId, other.answer, removed)).rejects.toMatchObject(notFound);
    await expect(deleteMessage(eve, threadId, first.answer, removed)).rejects.toMatchObject(notFound);
    const fork = { threadId: randomUUID(), messageId: first.answer };
    await expect(forkThread(eve, threadId, fork)).rejects.toMatchObject(notFound);
    await expect(forkThread(ada, threadId, { ...fork, messageId: other.answer })).rejects.toMatchObject(
      notFound,
    );
    expect(await idsOf(threadId)).toHaveLength(6);
  });
});

describe("deleting a message", () => {
  it("takes all that follows with it, and the open branch ends before it", async () => {
    const { threadId, first, second, edited } = await branched();
    expect(await deleteMessage(ada, threadId, edited.question, { following: "removed" })).toEqual({
      headMessageId: second.answer,
    });
    expect(await idsOf(threadId)).toEqual([first.question, first.answer, second.question, second.answer]);
    await deleteMessage(ada, threadId, first.answer, { following: "removed" });
    expect(await idsOf(threadId)).toEqual([first.question]);
    expect(await headOf(threadId)).toBe(first.question);
    await deleteMessage(ada, threadId, first.question, { following: "removed" });
    expect(await headOf(threadId)).toBeNull();
    // And the empty thread is begun anew.
    const again = await ask(threadId, "[[say:Again.]]", null);
    expect(await idsOf(threadId)).toEqual([again.question, again.answer]);
  });

  it("or lets what follows join the one before it; it can be gone on from there", async () => {
    const { threadId, first, second, edited } = await branched();
    expect(await deleteMessage(ada, threadId, first.answer, { following: "joined" })).toEqual({
      headMessageId: edited.answer,
    });
    const { messages } = await threadDetail(ada, threadId);
    const parentOf = (id: string) => messages.find((message) => message.id === id)?.parentId;
    expect([parentOf(second.question), parentOf(edited.question)]).toEqual([first.question, first.question]);
    await deleteMessage(ada, threadId, edited.answer, { following: "joined" });
    const next = await ask(threadId, "[[say:It goes on.]]", edited.question);
    expect(await headOf(threadId)).toBe(next.answer);
  });

  it("is refused while one of those that would go is being written; a deep thread goes too", async () => {
    const { threadId, edited } = await branched();
    const question = aQuestion("[[pace:2000,50,0]]", { parentId: edited.answer });
    await sendMessage(ada, threadId, question);
    const deleted = deleteMessage(ada, threadId, edited.question, { following: "removed" });
    await expect(deleted).rejects.toMatchObject({ code: "busy" });

    const deep = randomUUID();
    const root = await ask(deep, "[[say:Root.]]", null);
    const rows = Array.from({ length: 1_500 }, (_, i) => ({
      id: `${deep}-${i}`,
      threadId: deep,
      parentId: i === 0 ? root.answer : `${deep}-${i - 1}`,
      role: i % 2 ? "assistant" : "user",
      parts: [],
      ordinal: i + 3,
    }));
    for (let i = 0; i < rows.length; i += 500) {
      await database().message.createMany({ data: rows.slice(i, i + 500) });
    }
    await deleteMessage(ada, deep, root.answer, { following: "removed" });
    expect(await idsOf(deep)).toEqual([root.question]);
  });
});

describe("a fork", () => {
  it("remembers what made each answer and what it took, also once the first thread is gone; the sums count it once", async () => {
    const threadId = randomUUID();
    const { answer } = await ask(threadId, "[[say:One.]]", null);
    const [, original] = (await threadDetail(ada, threadId)).messages;
    await vi.waitFor(async () =>
      expect(await database().usage.count({ where: { threadId, kind: "title" } })).toBe(1),
    );
    const before = await todayUsage(ada);
    const [copy, copyOfCopy] = [randomUUID(), randomUUID()];
    await forkThread(ada, threadId, { threadId: copy, messageId: answer });
    const copied = (await threadDetail(ada, copy)).messages.at(-1);
    await deleteThread(ada, threadId);
    await forkThread(ada, copy, { threadId: copyOfCopy, messageId: copied?.id ?? "" });
    const last = (await threadDetail(ada, copyOfCopy)).messages.at(-1);
    expect(original?.usage?.outputTokens).toBeGreaterThan(0);
    for (const each of [copied, last]) {
      expect(each?.usage).toEqual(original?.usage);
      expect((await madeWith(ada, each?.generationId ?? "")).settings).toMatchObject({
        longestAnswer: 1_000,
      });
    }
    expect(await todayUsage(ada)).toEqual(before);
  });

  it("is a thread of its own with the path up to the message, once; the first thread stays as it is", async () => {
    const { threadId, first, second } = await branched();
    const input = { threadId: randomUUID(), messageId: second.question };
    await forkThread(ada, threadId, input);
    await forkThread(ada, threadId, input);
    const fork = await threadDetail(ada, input.threadId);
    expect(fork.messages.map(textOf)).toEqual(["[[say:One.]]", "One.", "[[say:Two.]]"]);
    expect(fork.headMessageId).toBe(fork.messages[2]?.id);
    expect(fork.messages.map((message) => message.id)).not.toContain(first.question);
    expect(await idsOf(threadId)).toHaveLength(6);

    const head = fork.headMessageId ?? "";
    const retry = { parentId: head, answerId: randomUUID(), generationId: randomUUID() };
    await answerAgain(ada, input.threadId, retry);
    await followed(ada, retry.generationId);
    expect(await idsOf(input.threadId)).toHaveLength(4);
    await expect(forkThread(eve, randomUUID(), input)).rejects.toMatchObject({ code: "conflict" });
  });
});
