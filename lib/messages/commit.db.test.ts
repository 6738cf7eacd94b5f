import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runningHere } from "@/lib/generations/registry";
import { database } from "@/lib/platform/database";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import type { Actor } from "@/lib/users/actor";
import { sendMessage } from "./commands";

const model = withModel();
let ada: Actor;
beforeEach(async () => {
  ada = await aPerson();
});
afterEach(() => void vi.restoreAllMocks());

/** The next transaction is committed only once `disk` says so, if it does. */
function nextCommitWaitsFor(disk: Promise<void>) {
  const db = database();
  const transaction = db.$transaction.bind(db) as (work: (tx: unknown) => unknown) => Promise<unknown>;
  vi.spyOn(db, "$transaction").mockImplementationOnce(((work: (tx: unknown) => unknown) =>
    transaction(async (tx) => {
      const result = await work(tx);
      await disk;
      return result;
    })) as never);
}

it("the model has a question while the disk is waited for, and its answer is kept", async () => {
  const disk = Promise.withResolvers<void>();
  nextCommitWaitsFor(disk.promise);
  const question = aQuestion("[[say:Whole.]]");
  const sent = sendMessage(ada, randomUUID(), question);
  await vi.waitFor(async () => expect((await model.stats()).seen).toBe(1), { timeout: 15_000 });
  expect(await database().message.count({ where: { id: question.messageId } })).toBe(0);
  disk.resolve();
  await sent;
  expect(await followed(ada, question.generationId)).toMatchObject({
    text: "Whole.",
    end: { status: "complete" },
  });
  expect(
    await database().generation.count({ where: { id: question.generationId, status: "complete" } }),
  ).toBe(1);
});

it("a question that never gets into the database is refused, and the model is heard no longer", async () => {
  const disk = Promise.withResolvers<void>();
  nextCommitWaitsFor(disk.promise);
  const question = aQuestion("[[pace:2000,20,0]]");
  const sent = sendMessage(ada, randomUUID(), question);
  await vi.waitFor(async () => expect((await model.stats()).active).toBe(1), { timeout: 15_000 });
  disk.reject(new Error("The disk is full."));
  await expect(sent).rejects.toThrow("The disk is full.");
  await vi.waitFor(async () => expect((await model.stats()).active).toBe(0), { timeout: 15_000 });
  await vi.waitFor(() => expect(runningHere()).not.toContain(question.generationId));
  expect(await database().generation.count({ where: { id: question.generationId } })).toBe(0);
  expect(await database().usage.count({ where: { ownerId: ada.id } })).toBe(0);
});
