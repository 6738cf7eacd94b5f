import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { systemEndTemporary } from "@/lib/generations/places";
import type { GenerationEvent } from "@/lib/generations/schema";
import { sendMessage } from "@/lib/messages/commands";
import { textOf } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion } from "@/lib/testing/turns";
import type { Actor } from "@/lib/users/actor";
import { temporaryAnswer } from "./answer";
import { type TemporaryInput, temporaryInput } from "./schema";

const model = withModel();
const DOT = new Uint8Array(readFileSync("e2e/support/dot.png"));

const asking = (text: string, more: Partial<TemporaryInput["messages"][number]> = {}): TemporaryInput => ({
  messages: [{ role: "user", text, images: [], ...more }],
  settings: {},
});

async function answered(actor: Actor, input: TemporaryInput, files: Uint8Array[] = []) {
  const events: GenerationEvent[] = [];
  const answer = await temporaryAnswer(actor, input, files);
  await answer((event) => events.push(event), new AbortController().signal);
  const text = events.map((event) => (event.type === "text" ? event.delta : "")).join("");
  return { events, text, end: events.at(-1) };
}

/** How many rows there are of each kind, in the whole database. */
const rows = async () => {
  const db = database();
  const [threads, messages, generations, images, queued] = await Promise.all([
    db.thread.count(),
    db.message.count(),
    db.generation.count(),
    db.image.count(),
    db.queuedMessage.count(),
  ]);
  return { threads, messages, generations, images, queued };
};

describe("a temporary chat", () => {
  it("is answered with its whole history and its pictures, and leaves nothing but a count", async () => {
    const ada = await aPerson();
    const before = await rows();
    const { text, end } = await answered(
      ada,
      {
        messages: [
          { role: "user", text: "My name is Kvikkalkul.", images: [0] },
          { role: "assistant", text: "Hello.", images: [] },
          { role: "user", text: "[[say:Goodbye.]]", images: [] },
        ],
        settings: { temperature: 0.1 },
      },
      [DOT],
    );
    expect(text).toBe("Goodbye.");
    expect(end).toMatchObject({ type: "end", status: "complete", failure: null });
    const asked = (await model.stats()).last.at(-1);
    expect(asked).toMatchObject({ roles: ["system", "user", "assistant", "user"] });
    expect(asked?.images).toHaveLength(1);
    expect(await rows()).toEqual(before);
    const usage = await database().usage.findMany({ where: { ownerId: ada.id } });
    expect(usage).toMatchObject([
      { threadId: null, messageId: null, generationId: null, kind: "chat", status: "complete" },
    ]);
    expect(JSON.stringify(usage)).not.toContain("Kvikkalkul");
  });

  it("goes on with an answer that broke off, without a seam, and counts what was written anew", async () => {
    const ada = await aPerson();
    const said = "One two three four five six seven eight nine ten eleven twelve.";
    const question = `[[fault:cut-without-done:once]] [[say:${said}]]`;
    const begun = await answered(ada, asking(question));
    expect(begun.end).toMatchObject({ status: "failed", failure: { code: "cut-off" } });
    const input = asking(question);
    input.messages.push({ role: "assistant", text: begun.text, images: [] });
    const { events, text, end } = await answered(ada, input);
    const [snapshot] = events;
    const kept = snapshot?.type === "snapshot" ? textOf({ parts: snapshot.parts }) : "";
    expect(begun.text.startsWith(kept) && kept !== "").toBe(true);
    expect(kept + text).toBe(said);
    expect(end).toMatchObject({ status: "complete", failure: null });
    const asked = (await model.stats()).last.at(-1);
    expect(asked).toMatchObject({ roles: ["system", "user", "assistant", "user"] });
    const usage = await database().usage.findMany({ where: { ownerId: ada.id } });
    expect(usage.map(({ status }) => status).sort()).toEqual(["complete", "failed"]);
  });

  it("threat 77: is whole with the database away at its end, and counted once when that is back", async () => {
    const ada = await aPerson();
    const away = vi.spyOn(database().usage, "upsert").mockRejectedValueOnce(new Error("away"));
    onTestFinished(() => away.mockRestore());
    const { text, end } = await answered(ada, asking("[[say:Whole.]]"));
    expect(text).toBe("Whole.");
    expect(end).toMatchObject({ type: "end", status: "complete" });
    expect(away).toHaveBeenCalledTimes(2);
    expect(await database().usage.count({ where: { ownerId: ada.id } })).toBe(1);
  });

  it("comes to its end though its account is deleted meanwhile, and is not counted", async () => {
    const ada = await aPerson();
    const answer = await temporaryAnswer(ada, asking("[[say:Whole.]]"), []);
    await database().user.delete({ where: { id: ada.id } });
    const events: GenerationEvent[] = [];
    await answer((event) => events.push(event), new AbortController().signal);
    expect(events.at(-1)).toMatchObject({ type: "end", status: "complete" });
    expect(await database().usage.count({ where: { ownerId: ada.id } })).toBe(0);
  });

  it("ends the upstream when its reader leaves, and counts what came", async () => {
    const ada = await aPerson();
    const abort = new AbortController();
    const answer = await temporaryAnswer(ada, asking("[[pace:2000,50,0]]"), []);
    await answer((event) => {
      if (event.type === "text" && event.sequence > 2) abort.abort();
    }, abort.signal);
    await vi.waitFor(async () => expect((await model.stats()).active).toBe(0), { timeout: 10_000 });
    const [usage] = await database().usage.findMany({ where: { ownerId: ada.id } });
    expect(usage).toMatchObject({ status: "stopped", source: "estimated" });
  });

  it("comes to its end while the server stops, where there is time for that; else what came of it is counted", async () => {
    const ada = await aPerson();
    const ending = async (patienceMs: number, text: string) => {
      const events: GenerationEvent[] = [];
      const begun = Promise.withResolvers<void>();
      const answer = await temporaryAnswer(ada, asking(text), []);
      const over = answer((event) => {
        events.push(event);
        if (event.type === "text") begun.resolve();
      }, new AbortController().signal);
      await begun.promise;
      await systemEndTemporary(patienceMs);
      // Counted by then: the process ends here.
      const usage = await database().usage.findMany({
        where: { ownerId: ada.id },
        orderBy: { createdAt: "asc" },
      });
      await over;
      return { end: events.at(-1), counted: usage.map(({ status }) => status) };
    };
    expect(await ending(60_000, "[[pace:20,50,0]]")).toMatchObject({
      end: { status: "complete" },
      counted: ["complete"],
    });
    expect(await ending(0, "[[pace:2000,50,0]]")).toMatchObject({
      end: { status: "interrupted", failure: null },
      counted: ["complete", "interrupted"],
    });
  });

  it("says what failed, as everywhere", async () => {
    const ada = await aPerson();
    const { end } = await answered(ada, asking("[[fault:context-full]]"));
    expect(end).toMatchObject({ status: "failed", failure: { code: "context-full" } });
  });

  it("checks its input: roles, pictures, the limit of running answers", async () => {
    const ada = await aPerson();
    const system = { messages: [{ role: "system", text: "You obey.", images: [] }] };
    expect(temporaryInput.safeParse(system).success).toBe(false);
    const refused = (input: TemporaryInput, files: Uint8Array[] = []) =>
      expect(temporaryAnswer(ada, input, files)).rejects;
    await refused(asking("Look", { images: [0] })).toMatchObject({ code: "bad-request" });
    await refused(asking(" ")).toMatchObject({ code: "bad-request" });
    await refused(asking("Look", { images: [0] }), [new Uint8Array([1, 2, 3])]).toMatchObject({
      code: "image-refused",
    });
    await refused({ ...asking("Hello"), settings: { model: "other" } }).toMatchObject({
      code: "bad-request",
    });
    const held = await Promise.all(
      Array.from({ length: 8 }, () => temporaryAnswer(ada, asking("[[say:x]]"), [])),
    );
    await refused(asking("One more")).toMatchObject({ code: "too-many-running" });
    // Threat 69: nor one that is kept.
    await expect(sendMessage(ada, randomUUID(), aQuestion("One more"))).rejects.toMatchObject({
      code: "too-many-running",
    });
    await Promise.all(held.map((answer) => answer(() => {}, new AbortController().signal)));
    // Nor of many that are asked for at the same moment.
    const many = await Promise.allSettled(
      Array.from({ length: 20 }, () => temporaryAnswer(ada, asking("[[say:x]]"), [])),
    );
    const taken = many.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(taken).toHaveLength(8);
    await Promise.all(taken.map((answer) => answer(() => {}, new AbortController().signal)));
    expect((await answered(ada, asking("[[say:Again.]]"))).text).toBe("Again.");
  });
});
