import { randomUUID } from "node:crypto";
import { beforeEach, expect, it, vi } from "vitest";
import { stopGeneration } from "@/lib/generations/commands";
import { Recording, saveEnding } from "@/lib/generations/recording";
import type { GenerationEvent } from "@/lib/generations/schema";
import { scriptedAnswer } from "@/lib/ionos/emulator/scripted";
import { database } from "@/lib/platform/database";
import { saveProgress } from "@/lib/platform/database/running-answers";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";
import { sendMessage } from "./commands";
import { continueAnswer } from "./continue";
import { textOf } from "./message";

const model = withModel();
let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

/** An answer that was asked for in a new thread, followed to its end. */
async function asked(text: string, seen?: (event: GenerationEvent, generationId: string) => void) {
  const threadId = randomUUID();
  const { answer, generationId } = await sendMessage(ada, threadId, aQuestion(text));
  const { end } = await followed(ada, generationId, null, (event) => seen?.(event, generationId));
  return { threadId, messageId: answer.id, end };
}

async function goneOn({ threadId, messageId }: { threadId: string; messageId: string }) {
  const generationId = randomUUID();
  const accepted = await continueAnswer(ada, threadId, { messageId, generationId });
  const { text, end } = await followed(ada, generationId);
  return { accepted, text, end, generationId };
}

const calls = async () => (await model.stats()).last.filter((call) => !call.title).length;

it("threat 59: an answer that was stopped goes on in the same message, without a seam, and both calls are counted", async () => {
  const whole = scriptedAnswer(120).join("");
  const begun = await asked("[[pace:120,200,0]]", (event, id) => {
    if (event.type === "text" && event.sequence === 3) void stopGeneration(ada, id);
  });
  expect(begun.end.status).toBe("stopped");
  const { accepted, text, end } = await goneOn(begun);
  expect(accepted.answer).toMatchObject({ id: begun.messageId, status: "running" });
  expect(text).toBe(whole);
  expect(end).toMatchObject({ status: "complete", failure: null });
  const { messages } = await threadDetail(ada, begun.threadId);
  expect(messages.map(({ status }) => status)).toEqual(["complete", "complete"]);
  expect(messages[1] && textOf(messages[1])).toBe(whole);
  // The second call alone was told all that was said before.
  expect(end.usage?.outputTokens).toBeGreaterThan(begun.end.usage?.outputTokens ?? 0);
  expect(end.usage?.inputTokens).toBeGreaterThan(2 * (begun.end.usage?.inputTokens ?? 0));
  await vi.waitFor(async () => {
    const after = await threadDetail(ada, begun.threadId);
    expect(after.messages[1]?.usage?.outputTokens).toBeGreaterThan(100);
  });
});

it.each(["cut-without-done", "error-in-middle"])("an answer broken off by %s goes on", async (fault) => {
  const said = "One two three four five six seven eight nine ten eleven twelve.";
  const begun = await asked(`[[fault:${fault}:once]] [[say:${said}]]`);
  expect(begun.end.status).toBe("failed");
  expect((await goneOn(begun)).text).toBe(said);
});

it("one that could not go on keeps every word it had", async () => {
  const begun = await asked("[[fault:cut-without-done]] [[say:One two three four five six seven eight]]");
  const { messages } = await threadDetail(ada, begun.threadId);
  process.env.IONOS_BASE_URL = "http://127.0.0.1:9/v1";
  const { end } = await goneOn(begun).finally(() => {
    process.env.IONOS_BASE_URL = model.url();
  });
  expect(end).toMatchObject({ status: "failed", failure: { code: "upstream-unreachable" } });
  const after = await threadDetail(ada, begun.threadId);
  expect(after.messages[1]?.parts).toEqual(messages[1]?.parts);
});

it("threat 61: the same request again is one call; with another message it is refused", async () => {
  const begun = await asked("[[fault:cut-without-done]] [[say:One two three four five six seven eight]]");
  const input = { messageId: begun.messageId, generationId: randomUUID() };
  const before = await calls();
  await Promise.all([1, 2, 3].map(() => continueAnswer(ada, begun.threadId, input)));
  await followed(ada, input.generationId);
  expect(await calls()).toBe(before + 1);
  const other = { ...input, messageId: randomUUID() };
  await expect(continueAnswer(ada, begun.threadId, other)).rejects.toMatchObject({ code: "not-found" });
});

it("what ended well, what is empty, and what was gone on from is not gone on with", async () => {
  const refused = { code: "conflict" };
  const well = await asked("[[say:Done.]]");
  await expect(goneOn(well)).rejects.toMatchObject(refused);
  const empty = await asked("[[fault:unauthorized]] [[say:x]]");
  await expect(goneOn(empty)).rejects.toMatchObject(refused);
  const begun = await asked("[[fault:cut-without-done]] [[say:One two three four five six seven eight]]");
  const next = await sendMessage(
    ada,
    begun.threadId,
    aQuestion("[[say:Next.]]", { parentId: begun.messageId }),
  );
  await followed(ada, next.generationId);
  await expect(goneOn(begun)).rejects.toMatchObject(refused);
});

it("threat 1: nobody else's answer is gone on with", async () => {
  const { threadId, messageId } = await asked("[[fault:cut-without-done]] [[say:One two three four]]");
  const before = await calls();
  const input = { messageId, generationId: randomUUID() };
  await expect(continueAnswer(eve, threadId, input)).rejects.toMatchObject({ code: "not-found" });
  const own = randomUUID();
  await followed(eve, (await sendMessage(eve, own, aQuestion("[[say:Mine.]]"))).generationId);
  await expect(continueAnswer(eve, own, input)).rejects.toMatchObject({ code: "not-found" });
  expect(await calls()).toBe(before + 1);
});

it("threat 62: a server that was taken for dead writes nothing into what somebody has gone on with meanwhile", async () => {
  let generationId = "";
  const { threadId, messageId } = await asked("[[pace:2000,50,0]]", (event, id) => {
    generationId = id;
    if (event.type === "text" && event.sequence === 3) void stopGeneration(ada, id);
  });
  // As the reaper leaves it, of whom the first server knows nothing.
  const where = { id: generationId };
  await database().generation.update({ where, data: { status: "interrupted", stopRequestedAt: null } });
  await database().message.update({ where: { id: messageId }, data: { status: "interrupted" } });
  const next = randomUUID();
  await continueAnswer(ada, threadId, { messageId, generationId: next });
  const written = async () =>
    await database().message.findUniqueOrThrow({
      where: { id: messageId },
      select: { parts: true, status: true },
    });
  const before = await written();

  const late = new Recording({ generationId, messageId, threadId });
  late.append("What was written in the dark.");
  const progress = { generationId, messageId, parts: late.parts, sequence: 900 };
  await database().$transaction((tx) => saveProgress(tx, [progress], new Date()));
  const usage = await database().usage.findUniqueOrThrow({ where: { id: generationId } });
  await saveEnding(late, "failed", { code: "cut-off" }, usage);
  const after = await written();
  expect(after.status).toBe("running");
  expect(JSON.stringify(after)).not.toContain("in the dark");
  expect(before.status).toBe("running");

  await stopGeneration(ada, next);
  await followed(ada, next);
  expect(await written()).toMatchObject({ status: "stopped" });
  late.end("failed", null, null);
});
