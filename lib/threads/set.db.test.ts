import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { madeWith } from "@/lib/generations/queries";
import { sendMessage } from "@/lib/messages/commands";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import type { Actor } from "@/lib/users/actor";
import {
  personSettings,
  setEverybodysSettings,
  setPersonSettings,
  setThreadSettings,
  settingsOfThread,
} from "./set";

withModel();
let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

describe("how a thread is answered", () => {
  it("is as the thread says, else as the person, else as the installation; each answer remembers it", async () => {
    await setPersonSettings(ada, { temperature: 0.2, longestAnswer: 300 });
    const threadId = randomUUID();
    const first = aQuestion("[[say:One.]]", { settings: { temperature: 1.5, instructions: "Be\0 brief." } });
    const { answer } = await sendMessage(ada, threadId, first);
    await followed(ada, first.generationId);
    expect((await madeWith(ada, first.generationId)).settings).toMatchObject({
      temperature: 1.5,
      instructions: "Be brief.",
      longestAnswer: 300,
      topP: null,
    });
    await setThreadSettings(ada, threadId, { topP: 0.5 });
    const second = aQuestion("[[say:Two.]]", { parentId: answer.id });
    await sendMessage(ada, threadId, second);
    await followed(ada, second.generationId);
    expect((await madeWith(ada, second.generationId)).settings).toMatchObject({
      temperature: 0.2,
      instructions: "",
      topP: 0.5,
    });
    expect(await settingsOfThread(ada, threadId)).toMatchObject({
      thread: { topP: 0.5 },
      person: { temperature: 0.2, longestAnswer: 300 },
      installation: { temperature: 0.7, longestAnswer: 1000 },
    });
  });

  it("is for everybody as an administrator has set it, at once, where neither they nor the thread say otherwise", async () => {
    const root: Actor = { ...(await aPerson()), role: "administrator" };
    const set = { instructions: "Say moin.", temperature: 0.3, longestAnswer: 200 };
    const before = aQuestion("[[say:Before.]]");
    await sendMessage(eve, randomUUID(), before);
    await followed(eve, before.generationId);
    const { everybody, installation } = await setEverybodysSettings(root, set);
    expect(everybody).toMatchObject({ own: set, unset: { temperature: 0.7, longestAnswer: 1000 } });
    expect(installation).toMatchObject(set);
    await setPersonSettings(ada, { temperature: 1 });
    for (const [somebody, temperature] of [
      [ada, 1],
      [eve, 0.3],
    ] as const) {
      const question = aQuestion("[[say:Moin.]]");
      await sendMessage(somebody, randomUUID(), question);
      await followed(somebody, question.generationId);
      const { settings } = await madeWith(somebody, question.generationId);
      expect(settings).toMatchObject({ ...set, temperature, topP: null });
    }
    expect((await madeWith(eve, before.generationId)).settings).toMatchObject({ temperature: 0.7 });
    expect((await personSettings(eve)).everybody).toBeNull();
    await expect(setEverybodysSettings(eve, {})).rejects.toMatchObject({ code: "not-found" });
    expect((await setEverybodysSettings(root, {})).installation).toMatchObject({ temperature: 0.7 });
  });

  it("threats 1 and 45: is nobody else's to read or set, and takes no model that is not offered", async () => {
    const threadId = randomUUID();
    const question = aQuestion("[[say:One.]]");
    await sendMessage(ada, threadId, question);
    const notFound = { code: "not-found" };
    await expect(settingsOfThread(eve, threadId)).rejects.toMatchObject(notFound);
    await expect(setThreadSettings(eve, threadId, {})).rejects.toMatchObject(notFound);
    await expect(madeWith(eve, question.generationId)).rejects.toMatchObject(notFound);
    const refused = { code: "bad-request", details: { field: "model" } };
    await expect(setThreadSettings(ada, threadId, { model: "other" })).rejects.toMatchObject(refused);
    await expect(setPersonSettings(ada, { model: "other" })).rejects.toMatchObject(refused);
    const other = aQuestion("Hello", { settings: { model: "other" } });
    await expect(sendMessage(ada, randomUUID(), other)).rejects.toMatchObject(refused);
    expect((await personSettings(eve)).person).toEqual({});
    await followed(ada, question.generationId);
  });
});
