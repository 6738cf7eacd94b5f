import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { stopGeneration } from "@/lib/generations/commands";
import { followGeneration } from "@/lib/generations/follow";
import { MOST_RUNNING } from "@/lib/generations/places";
import { systemReap } from "@/lib/generations/reaper";
import type { GenerationEvent } from "@/lib/generations/schema";
import { tokenCounter } from "@/lib/ionos/tekken";
import { database } from "@/lib/platform/database";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { deleteThread } from "@/lib/threads/commands";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";
import { answerAgain, sendMessage } from "./commands";
import { textOf } from "./message";

const tekken = tokenCounter("tekken");
const model = withModel();
let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

/** Waits for what happens after an answer's end. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000 });

const say = (text: string) => `[[say:${text}]]`;

/** Asks in a new thread and waits for the end. */
async function asked(text: string) {
  const threadId = randomUUID();
  const accepted = await sendMessage(ada, threadId, aQuestion(text));
  return { threadId, accepted, ...(await followed(ada, accepted.generationId)) };
}

describe("a question and its answer", () => {
  it("is accepted at once, streams, and is kept with its usage", async () => {
    const { threadId, text, end } = await asked(say("Guten **Tag**."));
    expect(text).toBe("Guten **Tag**.");
    expect(end).toMatchObject({
      status: "complete",
      failure: null,
      usage: { source: "reported", imageTokens: 0 },
    });
    const thread = await threadDetail(ada, threadId);
    expect(thread.messages.map((message) => [message.role, message.status, message.ordinal])).toEqual([
      ["user", "complete", 1],
      ["assistant", "complete", 2],
    ]);
    expect(thread.messages[1]).toMatchObject({
      parts: [{ type: "text", text: "Guten **Tag**." }],
      usage: end.usage,
    });
    expect(thread.running).toBe(false);
  });

  it("is titled by the model, once, and the title's tokens are counted", async () => {
    const { threadId } = await asked("How do harbour pilots board a ship in heavy weather?");
    await eventually(async () => {
      const thread = await database().thread.findUniqueOrThrow({ where: { id: threadId } });
      expect(thread.titledBy).toBe("model");
      expect(thread.title).not.toBe("");
    });
    expect(await database().usage.count({ where: { threadId, kind: "title" } })).toBe(1);
  });

  it("keeps the question's beginning as its title when the model gives none, and counts that call too", async () => {
    const { threadId } = await asked("A question without a title [[fault:server-error:title]]");
    await eventually(async () => {
      expect(await database().usage.count({ where: { threadId, kind: "title", status: "failed" } })).toBe(1);
    });
    expect((await threadDetail(ada, threadId)).title).toMatch(/^A question without a title/);
  });

  it("a follow-up sends the whole path to the model", async () => {
    const { threadId, accepted } = await asked(say("First."));
    const next = await sendMessage(
      ada,
      threadId,
      aQuestion(say("Second."), { parentId: accepted.answer.id }),
    );
    await followed(ada, next.generationId);
    await eventually(async () => {
      const chats = (await model.stats()).last.filter((call) => !call.title);
      expect(chats.at(-1)?.roles).toEqual(["system", "user", "assistant", "user"]);
    });
  });

  it("an answer again is a sibling; the old one stays", async () => {
    const { threadId, accepted } = await asked(say("Once."));
    const input = { parentId: accepted.message.id, answerId: randomUUID(), generationId: randomUUID() };
    await answerAgain(ada, threadId, input);
    await followed(ada, input.generationId);
    const { messages, headMessageId } = await threadDetail(ada, threadId);
    expect(messages.filter((message) => message.parentId === accepted.message.id)).toHaveLength(2);
    expect(headMessageId).toBe(input.answerId);
  });

  it("threat 74: NUL and half surrogates are cleaned, in question and answer", async () => {
    const { threadId, accepted } = await asked(`a\0b\ud800c ${say("x\0y")}`);
    const { messages } = await threadDetail(ada, threadId);
    const [question, answer] = messages;
    expect(question && textOf(question).startsWith("ab\ufffdc")).toBe(true);
    expect(answer && textOf(answer)).toBe("xy");
    expect(accepted.thread.title).not.toContain("\0");
  });

  it("threat 74: half a character in what the model says is saved clean", async () => {
    const pieces = ["Half \ud83d a boat, a whole \ud83d", "\udea4\ufe0f", " and \ud83d"];
    const events = pieces.map((content) => JSON.stringify({ choices: [{ index: 0, delta: { content } }] }));
    const upstream = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end([...events, "[DONE]"].map((event) => `data: ${event}\n\n`).join(""));
    });
    await new Promise<void>((done) => upstream.listen(0, "127.0.0.1", done));
    process.env.IONOS_BASE_URL = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
    try {
      const { threadId, end } = await asked("A boat?");
      expect(end.status).toBe("complete");
      const { messages } = await threadDetail(ada, threadId);
      expect(messages[1] && textOf(messages[1])).toBe("Half \ufffd a boat, a whole \u{1f6a4}\ufe0f and ");
    } finally {
      process.env.IONOS_BASE_URL = model.url();
      upstream.close();
    }
  });

  it("refuses an empty question", async () => {
    await expect(sendMessage(ada, randomUUID(), aQuestion("  \n "))).rejects.toMatchObject({
      code: "bad-request",
    });
  });
});

describe("the same request again", () => {
  it("threat 61: is one message and one call; with another body it is refused", async () => {
    const threadId = randomUUID();
    const question = aQuestion(say("Only once."));
    const [first, second] = await Promise.all([
      sendMessage(ada, threadId, question),
      sendMessage(ada, threadId, question),
    ]);
    expect(second.generationId).toBe(first.generationId);
    await followed(ada, first.generationId);
    await sendMessage(ada, threadId, question);
    expect(await database().message.count({ where: { threadId } })).toBe(2);
    expect(await database().usage.count({ where: { threadId, kind: "chat" } })).toBe(1);
    await expect(sendMessage(ada, threadId, { ...question, text: "other" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(sendMessage(eve, threadId, question)).rejects.toMatchObject({ code: "not-found" });
    await expect(sendMessage(eve, randomUUID(), question)).rejects.toMatchObject({ code: "conflict" });
  });

  it("threat 62: two tabs sending into one thread keep both questions, in a defined order", async () => {
    const { threadId, accepted } = await asked(say("Start."));
    const both = [
      aQuestion(say("A"), { parentId: accepted.answer.id }),
      aQuestion(say("B"), { parentId: accepted.answer.id }),
    ];
    await Promise.all(both.map((question) => sendMessage(ada, threadId, question)));
    await Promise.all(both.map((question) => followed(ada, question.generationId)));
    const { messages } = await threadDetail(ada, threadId);
    expect(messages.map((message) => message.ordinal)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(messages.filter((message) => message.parentId === accepted.answer.id)).toHaveLength(2);
  });
});

describe("following", () => {
  it("joins in the middle and after a given event, without a gap or a doubled word", async () => {
    const threadId = randomUUID();
    const question = aQuestion("[[pace:60,200,0]]");
    await sendMessage(ada, threadId, question);
    const second = Promise.withResolvers<ReturnType<typeof followed>>();
    let resumedFrom = 0;
    const whole = await followed(ada, question.generationId, null, (event) => {
      if (event.type !== "text" || event.sequence !== 5) return;
      resumedFrom = event.sequence;
      second.resolve(followed(ada, question.generationId, resumedFrom));
    });
    const resumed = await second.promise;
    expect(resumed.events.map((event) => event.sequence)).toEqual(
      whole.events.map((event) => event.sequence).filter((sequence) => sequence > resumedFrom),
    );
    const late = await followed(ada, question.generationId);
    expect(late.text).toBe(whole.text);
    expect(whole.text).toContain("ENDOFANSWER");
  });

  it("threat 2: a foreign generation is not found, to follow and to stop", async () => {
    const question = aQuestion("[[pace:400,100,0]]");
    await sendMessage(ada, randomUUID(), question);
    await expect(followGeneration(eve, question.generationId, null, () => {})).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(stopGeneration(eve, question.generationId)).rejects.toMatchObject({ code: "not-found" });
    await stopGeneration(ada, question.generationId);
    expect((await followed(ada, question.generationId)).end.status).toBe("stopped");
  });

  it("threat 1: a foreign thread takes no question, and no call is made", async () => {
    const { threadId, accepted } = await asked(say("Mine."));
    const chats = async () => (await model.stats()).last.filter((call) => !call.title).length;
    const before = await chats();
    const question = aQuestion("Yours?", { parentId: accepted.answer.id });
    await expect(sendMessage(eve, threadId, question)).rejects.toMatchObject({ code: "not-found" });
    const again = { parentId: accepted.message.id, answerId: randomUUID(), generationId: randomUUID() };
    await expect(answerAgain(eve, threadId, again)).rejects.toMatchObject({ code: "not-found" });
    await expect(threadDetail(eve, threadId)).rejects.toMatchObject({ code: "not-found" });
    expect(await chats()).toBe(before);
  });
});

describe("stopping", () => {
  it("threat 59: ends the upstream within two seconds and keeps the text, with an estimated usage", async () => {
    const threadId = randomUUID();
    const question = aQuestion("[[pace:2000,50,0]]");
    await sendMessage(ada, threadId, question);
    const { text, end } = await followed(ada, question.generationId, null, (event: GenerationEvent) => {
      if (event.type === "text" && event.sequence === 3) void stopGeneration(ada, question.generationId);
    });
    expect(end).toMatchObject({ status: "stopped", failure: null, usage: { source: "estimated" } });
    expect(end.usage?.outputTokens).toBeGreaterThan(0);
    await eventually(async () => {
      const [row] = await database().usage.findMany({ where: { threadId, kind: "chat" } });
      expect(row).toMatchObject({ status: "stopped", source: "estimated", outputTokens: tekken.count(text) });
    });
    await vi.waitFor(async () => expect((await model.stats()).active).toBe(0), { timeout: 2_000 });
    const { messages } = await threadDetail(ada, threadId);
    expect(messages[1]).toMatchObject({ status: "stopped", parts: [{ text }] });
  });

  it("a deleted thread stops its answer", async () => {
    const threadId = randomUUID();
    const question = aQuestion("[[pace:2000,50,0]]");
    await sendMessage(ada, threadId, question);
    await deleteThread(ada, threadId);
    await eventually(async () => {
      const generation = await database().generation.findUniqueOrThrow({
        where: { id: question.generationId },
      });
      expect(generation.status).toBe("stopped");
    });
  });
});

describe("limits", () => {
  it("threat 69: ten million characters of history are refused before the model is asked, cost nothing, and a new chat goes on", async () => {
    const { threadId, accepted } = await asked(say("Begun."));
    const ids = Array.from({ length: 26 }, () => randomUUID());
    const parts = [{ type: "text", text: "word ".repeat(80_000) }];
    const long = ids.map((id, index) => ({
      id,
      threadId,
      parts,
      parentId: ids[index - 1] ?? accepted.answer.id,
      role: index % 2 === 0 ? "user" : "assistant",
      status: "complete",
      ordinal: 3 + index,
    }));
    for (const data of long) await database().message.create({ data, select: { id: true } });
    await database().thread.update({ where: { id: threadId }, data: { messageCount: 2 + long.length } });
    await eventually(async () =>
      expect(await database().usage.count({ where: { threadId, kind: "title" } })).toBe(1),
    );
    const before = (await model.stats()).seen;
    const next = aQuestion(say("Never."), { parentId: ids.at(-1) ?? null });
    await sendMessage(ada, threadId, next);
    const { end } = await followed(ada, next.generationId);
    expect(end).toMatchObject({ status: "failed", failure: { code: "request-too-large" } });
    expect(end.usage).toMatchObject({ inputTokens: 0, outputTokens: 0 });
    expect((await model.stats()).seen).toBe(before);
    expect((await asked(say("Anew."))).text).toBe("Anew.");
  });

  it("threat 69: of a hundred questions at once no more than may are answered; the others are refused by name, leave nothing and cost nothing", async () => {
    const calls = async () => (await model.stats()).last.filter(({ title }) => !title).length;
    const before = await calls();
    const questions = Array.from({ length: 100 }, () => aQuestion("[[pace:2000,50,0]]"));
    const told = await Promise.allSettled(questions.map((each) => sendMessage(ada, randomUUID(), each)));
    const taken = questions.filter((_, i) => told[i]?.status === "fulfilled");
    expect(taken).toHaveLength(MOST_RUNNING);
    for (const each of told)
      if (each.status === "rejected")
        expect(each.reason).toMatchObject({ code: "too-many-running", details: { limit: MOST_RUNNING } });
    expect(await database().message.count({ where: { thread: { ownerId: ada.id } } })).toBe(2 * MOST_RUNNING);
    // Somebody else is not held up by it.
    const theirs = aQuestion(say("Here."));
    await sendMessage(eve, randomUUID(), theirs);
    expect((await followed(eve, theirs.generationId)).text).toBe("Here.");
    for (const { generationId } of taken) await stopGeneration(ada, generationId);
    for (const { generationId } of taken)
      expect((await followed(ada, generationId)).end.status).toBe("stopped");
    expect(await calls()).toBeLessThanOrEqual(before + MOST_RUNNING + 1);
    const next = aQuestion(say("Again."));
    await sendMessage(ada, randomUUID(), next);
    expect((await followed(ada, next.generationId)).end.status).toBe("complete");
  });
});

describe("when the upstream fails", () => {
  const failing = (fault: string) => asked(`Please [[fault:${fault}]]`);

  it.each([
    ["unauthorized", "token-refused"],
    ["context-full", "context-full"],
    ["unknown-model", "model-unknown"],
    ["body-too-large", "request-too-large"],
    ["error-200", "upstream-busy"],
    ["html-200", "upstream-garbled"],
    ["error-in-middle", "upstream-busy"],
    ["cut-without-done", "cut-off"],
    ["malformed-sse", "upstream-garbled"],
  ])("threat 64: %s is read as %s", async (fault, code) => {
    const { end, threadId } = await failing(fault);
    expect(end).toMatchObject({ status: "failed", failure: { code } });
    const { messages } = await threadDetail(ada, threadId);
    expect(messages[0]).toMatchObject({ role: "user", status: "complete" });
  });

  it("keeps what came before the end broke off", async () => {
    expect((await failing("cut-without-done")).text).not.toBe("");
    expect((await failing("error-in-middle")).text).not.toBe("");
  });

  it.each([
    "no-done",
    "no-usage",
    "double-finish",
    "empty-choices",
    "null-choices",
    "unknown-event",
    "crlf",
    "byte-by-byte",
    "utf8-split",
  ])("threat 71: %s finishes once and well", async (fault) => {
    const { end, events } = await failing(fault);
    expect(end.status).toBe("complete");
    expect(events.filter((event) => event.type === "end")).toHaveLength(1);
  });

  it.each(["bad-gateway", "server-error", "rate-limited:1"])("tries again after %s", async (fault) => {
    const { end } = await asked(`Please ${randomUUID()} [[fault:${fault}:once]]`);
    expect(end.status).toBe("complete");
  });

  it("threat 66: a silent upstream is given up, keep-alives or not, and its connection is closed", async () => {
    process.env.LEEWARD_SILENCE_SECONDS = "0.3";
    process.env.LEEWARD_FIRST_TOKEN_SECONDS = "0.3";
    expect((await failing("silence")).end.failure?.code).toBe("silent");
    expect((await failing("keepalive-only:60000")).end.failure?.code).toBe("no-first-token");
    expect((await failing("slow-first-byte:60000")).end.failure?.code).toBe("no-first-token");
    delete process.env.LEEWARD_SILENCE_SECONDS;
    delete process.env.LEEWARD_FIRST_TOKEN_SECONDS;
    await eventually(async () => expect((await model.stats()).active).toBe(0));
  });

  it.each([
    ["refuses the connection", "http://127.0.0.1:9/v1"],
    ["has a name that is not found", "http://nowhere.invalid/v1"],
  ])(
    "threat 78: an upstream that %s is said to be unreachable, and the next question is answered",
    async (_, url) => {
      const connected = process.env.IONOS_BASE_URL;
      process.env.IONOS_BASE_URL = url;
      const { end } = await asked("Anybody?");
      process.env.IONOS_BASE_URL = connected;
      expect(end.failure?.code).toBe("upstream-unreachable");
      expect((await asked(say("Here."))).end.status).toBe("complete");
    },
  );
});

describe("a process that died", () => {
  it("threat 60: leaves an interrupted answer with what was saved, and it can be answered again", async () => {
    const { threadId, accepted } = await asked(say("Before."));
    const generationId = randomUUID();
    const answerId = randomUUID();
    const data = { id: answerId, threadId, parentId: accepted.message.id, role: "assistant", ordinal: 9 };
    await database().message.create({
      data: { ...data, status: "running", parts: [{ type: "text", text: "Half" }] },
    });
    await database().generation.create({
      data: {
        id: generationId,
        ownerId: ada.id,
        threadId,
        messageId: answerId,
        model: "m",
        requestHash: "h",
        sequence: 4,
        heartbeatAt: new Date(Date.now() - 60_000),
      },
    });
    const { text, end } = await followed(ada, generationId);
    expect([text, end.status]).toEqual(["Half", "interrupted"]);
    expect(end.usage).toMatchObject({ source: "estimated", outputTokens: 1 });
    expect(await systemReap()).toBe(0);
    const input = { parentId: accepted.message.id, answerId: randomUUID(), generationId: randomUUID() };
    await answerAgain(ada, threadId, input);
    expect((await followed(ada, input.generationId)).end.status).toBe("complete");
  });
});
