import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { DOCUMENT_REFUSALS } from "@/lib/documents/document";
import { IMAGE_REFUSALS } from "@/lib/images/schema";
import { IMPORT_REFUSALS, LEFT_OUT_REASONS } from "@/lib/imports/report";
import { FAILURE_CODES } from "@/lib/messages/message";
import { PROBLEM_CODES } from "@/lib/platform/problem";
import { catalogue } from "./catalogue";
import type { Locale } from "./locales";

const catalogues = { en: flat(await catalogue("en")), de: flat(await catalogue("de")) };

test("both languages have the same sentences", () => {
  expect([...catalogues.de.keys()].sort()).toEqual([...catalogues.en.keys()].sort());
});

test("a sentence takes the same arguments in both languages", () => {
  const taken = (locale: Locale) =>
    Object.fromEntries([...catalogues[locale]].map(([key, sentence]) => [key, argumentsOf(sentence)]));
  expect(taken("de")).toEqual(taken("en"));
});

test("every way to fail has a sentence", () => {
  const problems = [...PROBLEM_CODES, "offline", "timeout", "part-missing"].map((code) => `problem.${code}`);
  const failures = FAILURE_CODES.map((code) => `failure.${code}`);
  const refusals = IMAGE_REFUSALS.map((code) => `imageRefusal.${code}`);
  const documents = DOCUMENT_REFUSALS.map((code) => `documentRefusal.${code}`);
  const imports = [
    ...IMPORT_REFUSALS.map((code) => `transfer.import.refusals.${code}`),
    ...LEFT_OUT_REASONS.map((code) => `transfer.import.reasons.${code}`),
  ];
  const missing = [...problems, ...failures, ...refusals, ...documents, ...imports].filter(
    (key) => !catalogues.en.has(key),
  );
  expect(missing).toEqual([]);
});

describe.each(["en", "de"] as const)("in %s", (locale) => {
  test("every sentence can be said with any number", async () => {
    const t = createTranslator({
      locale,
      messages: (await catalogue(locale)) as never,
      onError: (error) => expect.unreachable(error.message),
    }) as unknown as Say;
    const broken = [...catalogues[locale]].filter(([key, sentence]) =>
      [0, 1, 2, 1234].some((number) => !isWhole(say(t, key, sentence, number))),
    );
    expect(broken).toEqual([]);
  });
});

interface Say {
  markup(key: string, values: Record<string, unknown>): string;
}

/** The sentence with `number` for each argument; tags become what is in them. */
function say(t: Say, key: string, sentence: string, number: number): string {
  const values = argumentsOf(sentence).map((argument) => [argument, number]);
  const tags = [...sentence.matchAll(/<(\w+)>/g)].map(([, tag]) => [tag, (inner: string) => inner]);
  return t.markup(key, Object.fromEntries([...values, ...tags]));
}

const isWhole = (said: string) => said.trim() !== "" && !/[{}]/.test(said);

/** Sentences by their path, as "auth.signIn". */
function flat(tree: object, path = ""): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === "string") sentences.set(at, value);
    else for (const [inner, sentence] of flat(value, at)) sentences.set(inner, sentence);
  }
  return sentences;
}

/** Names of a sentence's ICU arguments. A plural's branch of one word looks like one, but has its number before it. */
function argumentsOf(sentence: string): string[] {
  const names = [
    ...sentence.matchAll(/(?<!(?:=\d+|\bone|\bother) )\{(\w+)(?=\}|, (?:plural|number|select|date|time))/g),
  ];
  return [...new Set(names.map(([, name = ""]) => name))].sort();
}
