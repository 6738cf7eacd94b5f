import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { answerAgain, sendMessage } from "@/lib/messages/commands";
import { database } from "@/lib/platform/database";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import type { ThreadSettings } from "@/lib/threads/settings";
import type { Actor } from "@/lib/users/actor";

const model = withModel();
let ada: Actor;
beforeEach(async () => {
  ada = await aPerson();
});

/** What the provider was asked with for the last answer of this many messages. */
async function askedWith() {
  const { last } = await model.stats();
  return last.filter(({ title }) => !title).at(-1);
}

async function asked() {
  const threadId = randomUUID();
  const accepted = await sendMessage(ada, threadId, aQuestion("[[say:Yes.]]"));
  await followed(ada, accepted.generationId);
  return { threadId, questionId: accepted.message.id, generationId: accepted.generationId };
}

const madeBy = async (id: string) =>
  (await database().generation.findUniqueOrThrow({ where: { id } })).settings;

it("an answer is made with 0.7 and at most 1,000 tokens when nobody has set anything, and remembers it", async () => {
  const { generationId } = await asked();
  expect(await askedWith()).toMatchObject({ params: { temperature: 0.7, max_tokens: 1_000 } });
  expect((await askedWith())?.params).not.toHaveProperty("top_p");
  expect(await madeBy(generationId)).toEqual({
    model: "mistralai/Mistral-Small-24B-Instruct",
    instructions: "",
    temperature: 0.7,
    topP: null,
    longestAnswer: 1_000,
  });
});

it("threat 45: the person's settings, over them the thread's, are what the model is asked with; a model that is not offered never", async () => {
  const person: ThreadSettings = {
    temperature: 0.1,
    topP: 0.5,
    instructions: "Call me Ada.",
    model: "evil/dear",
  };
  await database().user.update({ where: { id: ada.id }, data: { settings: person } });
  const { threadId, questionId, generationId: first } = await asked();
  expect(await askedWith()).toMatchObject({ params: { temperature: 0.1, top_p: 0.5, max_tokens: 1_000 } });
  const thread: ThreadSettings = { temperature: 1.5, longestAnswer: 20 };
  await database().thread.update({ where: { id: threadId }, data: { settings: thread } });
  const retry = { parentId: questionId, answerId: randomUUID(), generationId: randomUUID() };
  await answerAgain(ada, threadId, retry);
  await followed(ada, retry.generationId);
  const asking = await askedWith();
  expect(asking).toMatchObject({
    model: "mistralai/Mistral-Small-24B-Instruct",
    params: { temperature: 1.5, top_p: 0.5, max_tokens: 20 },
  });
  expect(await madeBy(first)).toMatchObject({ temperature: 0.1, instructions: "Call me Ada." });
  expect(await madeBy(retry.generationId)).toMatchObject({ temperature: 1.5, longestAnswer: 20, topP: 0.5 });
});
