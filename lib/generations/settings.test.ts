import { expect, test } from "vitest";
import { type GenerationSettings, mergeSettings } from "./settings";

const installation: GenerationSettings = {
  model: "mistralai/Mistral-Small-24B-Instruct",
  instructions: "",
  temperature: 0.7,
  topP: null,
  longestAnswer: 1_000,
};
const offered = [installation.model, "openai/gpt-oss-120b"];

test("nothing set is as the installation has it", () => {
  expect(mergeSettings(installation, {}, {}, offered)).toEqual(installation);
});

test("the thread's setting goes before the person's, and that before the installation's", () => {
  const person = { temperature: 0.2, topP: 0.9, instructions: "Call me Ada." };
  const thread = { temperature: 1, instructions: "" };
  expect(mergeSettings(installation, person, thread, offered)).toEqual({
    ...installation,
    temperature: 1,
    topP: 0.9,
    instructions: "",
  });
});

test("a model that is no longer offered gives way to the next that is (threat 45)", () => {
  const model = "openai/gpt-oss-120b";
  expect(mergeSettings(installation, { model }, { model: "evil/expensive" }, offered).model).toBe(model);
  expect(mergeSettings(installation, {}, { model: "evil/expensive" }, offered).model).toBe(
    installation.model,
  );
});
