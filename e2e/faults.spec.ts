import type { Page } from "@playwright/test";
import { FAULTS } from "../lib/ionos/emulator/faults";
import { scriptedAnswer } from "../lib/ionos/emulator/scripted";
import { LONGEST_TEXT } from "../lib/messages/message";
import {
  answered,
  answers,
  ask,
  button,
  composer,
  open,
  openThreadId,
  questions,
  savedAnswer,
  savedText,
  savedThread,
} from "./support/chat";
import { type Emulator, expect, test } from "./support/fixtures";

// Threats 64, 65, 66, 70, 71: whatever the provider does, a person reads what happened and what to do, and nothing
// typed or written is lost. The faults are played by the emulator, byte by byte where it matters.

/** Faults that give no answer: what is read then, and how often the provider was asked. */
const REFUSALS: [fault: string, sentence: RegExp, calls?: number][] = [
  ["unauthorized", /refused this server's access token; it may have expired\. .* Token Manager/],
  ["context-full", /too long for the model: it takes 40,960 tokens, this would be 46,809\. Start a new chat/],
  ["context-full-old", /it takes 40,960 tokens, this would be 122,946\./],
  ["context-full-new", /it takes 40,960 tokens, this would be 46,809\./],
  ["output-too-large", /does not allow an answer as long as was asked for\. Choose a smaller longest answer/],
  ["bad-image", /could not read a picture in this conversation/],
  [
    "too-many-images",
    /more pictures in this conversation than the model takes: 4 at most\. Start a new chat/,
  ],
  ["unknown-model", /does not know the model that was asked for\. Choose another one .* IONOS_MODEL/],
  ["no-tools", /cannot use tools/],
  ["body-too-large", /larger than the model provider accepts\. Start a new chat with fewer of them/],
  ["html-200", /answered something that makes no sense\. Retry/],
  ["reset", /could not reach the model provider\. Retry/],
  ["slow-first-byte:9000", /did not begin to answer in time\. Retry\./],
  ["keepalive-only", /did not begin to answer in time\. Retry\./],
];

/** The same, but the provider may be better a moment later: it was asked three times before the person reads it. */
const PASSING: [fault: string, sentence: RegExp][] = [
  ["server-error", /The model is overloaded at the moment\. Retry in a minute\./],
  ["error-200", /The model is overloaded at the moment\. Retry in a minute\./],
  ["bad-gateway", /The model provider is not working at the moment\. Retry in a few minutes\./],
  ["gateway-timeout", /The model provider is not working at the moment\. Retry in a few minutes\./],
];

/** Faults in the middle of an answer: what is read below the text that had come. */
const BROKEN: [fault: string, sentence: RegExp][] = [
  [
    "error-in-middle",
    /The model is overloaded at the moment\. Retry in a minute\. What had arrived is kept\./,
  ],
  ["cut-without-done", /The connection to the model broke in the middle .* What had arrived is kept\./],
  ["reset-in-middle", /The connection to the model broke in the middle .* What had arrived is kept\./],
  ["malformed-sse", /answered something that makes no sense\. Retry.* What had arrived is kept\./],
  ["silence", /The model went silent in the middle .* What had arrived is kept\./],
];

/** Oddities of the wire that nobody should notice. */
const HARMLESS = [
  "no-finish",
  "utf8-split",
  "byte-by-byte",
  "crlf",
  "empty-choices",
  "null-choices",
  "no-usage",
  "double-finish",
  "no-done",
  "unknown-event",
];

const TEXT = "Größe: 12 m – naïve 🛥️ boats, 水 and `code` all the way to the last word, which is Ende.";

/** In one page, one after the other, each in a new chat: what is read, what is kept, what Retry does. */
test("threat 64, 66: each call that failed says why, keeps the question, and Retry works", async ({
  watched: page,
  emulator,
}) => {
  test.setTimeout(600_000);
  for (const [fault, sentence] of REFUSALS) {
    await test.step(fault, async () => {
      await open(page);
      // A kept connection that is reset is tried once more, on a new one: so this one is always reset.
      const always = fault === "reset";
      const question = questionWith(always ? fault : `${fault}:once`);
      const since = Date.now();
      await ask(page, question);
      await expect(failureOf(page)).toHaveText(sentence);
      expect([1, always ? 2 : 1]).toContain(await callsSince(emulator, since));
      await expectKept(page, question, sentence);
      await expect(button(answers(page), "Continue")).toHaveCount(0);
      if (always) return;
      await button(answers(page), "Retry").click();
      await expectWhole(page);
      await expect(failureOf(page)).toBeHidden();
    });
  }
});

test("threat 65: what may pass is tried three times in all before it says why, and is not noticed when it has passed", async ({
  watched: page,
  emulator,
}) => {
  test.setTimeout(300_000);
  for (const [fault, sentence] of PASSING) {
    await test.step(fault, async () => {
      await open(page);
      const question = questionWith(fault);
      const since = Date.now();
      await ask(page, question);
      await expect(failureOf(page)).toHaveText(sentence);
      expect(await callsSince(emulator, since)).toBe(3);
      await expectKept(page, question, sentence);
      await expect(button(answers(page), "Retry")).toBeEnabled();
    });
  }
  await open(page);
  const since = Date.now();
  await ask(page, questionWith("server-error:once"));
  await expectWhole(page);
  expect(await callsSince(emulator, since)).toBe(2);
});

test("threat 64, 66: an answer that broke off keeps what had come, is not asked for again by itself, goes on by Continue, and Retry makes another", async ({
  watched: page,
  emulator,
}) => {
  test.setTimeout(300_000);
  for (const [fault, sentence] of BROKEN) {
    await test.step(fault, async () => {
      await open(page);
      const question = questionWith(`${fault}:once`);
      const since = Date.now();
      await ask(page, question);
      await expect(failureOf(page)).toHaveText(sentence);
      await expect(answers(page)).toContainText("Größe");
      await expect(answers(page)).not.toContainText("Ende.");
      expect(await callsSince(emulator, since)).toBe(1);
      await expectKept(page, question, sentence);
      await expect(answers(page)).toContainText("Größe");
      await button(answers(page), "Continue").click();
      await expectWhole(page);
      await expect(answers(page)).toHaveCount(1);
      await expect(failureOf(page)).toHaveCount(0);
      await expect(button(answers(page), "Continue")).toHaveCount(0);
      await button(answers(page), "Retry").click();
      await expectWhole(page);
      await expect(answers(page).getByText("2/2")).toBeVisible();
    });
  }
});

test("threat 66: an answer that does not come to an end is ended, and what had come is kept", async ({
  watched: page,
}) => {
  await open(page);
  await ask(page, `${crypto.randomUUID()} [[fault:huge:60000]]`);
  await expect(failureOf(page)).toHaveText(
    /did not come to an end and was stopped\. What had arrived is kept\./,
  );
  await expect(answers(page)).toContainText("FIRSTWORD");
  await expect(answers(page)).not.toContainText("ENDOFANSWER");
});

test("threat 70, 71: an answer that comes oddly is whole all the same", async ({
  watched: page,
  emulator,
}) => {
  test.setTimeout(300_000);
  for (const fault of HARMLESS) {
    await test.step(fault, async () => {
      await open(page);
      const since = Date.now();
      await ask(page, questionWith(fault));
      await expectWhole(page);
      expect(await callsSince(emulator, since)).toBe(1);
      await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
      const { usage } = await savedAnswer(page.request, await openThreadId(page));
      expect(usage?.source).toBe(fault === "no-usage" ? "estimated" : "reported");
      await button(answers(page), "Tokens").click();
      const source = fault === "no-usage" ? "estimated, the provider sent none" : "reported by the provider";
      await expect(answers(page).getByText(source)).toBeVisible();
    });
  }
});

test("no fault of the emulator is left out", () => {
  const tables = [REFUSALS, PASSING, BROKEN].flatMap((table) => table.map(([fault]) => fault.split(":")[0]));
  const tried = [...tables, ...HARMLESS, "huge", "rate-limited"].sort();
  expect(tried).toEqual(FAULTS.map(({ name }) => name).sort());
});

test("threat 59: an answer that was stopped goes on by Continue, also in another tab, and both calls are counted", async ({
  watched: page,
  context,
  emulator,
}) => {
  await open(page);
  await ask(page, "Long. [[pace:300,8,0]]");
  await expect(answers(page)).toContainText("answer begins here");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(answers(other)).toContainText("answer begins here");
  await button(other, "Stop").click();
  await expect(answers(page).getByText("Stopped")).toBeVisible();
  const threadId = await openThreadId(page);
  const before = (await savedAnswer(page.request, threadId)).usage;
  const calls = async () => (await emulator.stats()).active;
  await expect.poll(calls).toBe(0);
  await button(answers(page), "Continue").click();
  await expect(button(other, "Stop")).toBeVisible();
  // Only a call that has begun can be hurried.
  await expect.poll(calls).toBe(1);
  await emulator.hurry();
  await expect(answers(page)).toContainText("ENDOFANSWER");
  await expect(answers(other)).toContainText("ENDOFANSWER");
  await answered(page);
  expect(await savedText(page.request, threadId)).toBe(scriptedAnswer(300).join(""));
  const after = (await savedAnswer(page.request, threadId)).usage;
  expect(after?.inputTokens).toBeGreaterThan(before?.inputTokens ?? 0);
  await other.close();
});

test.describe("threat 65: the rate limit", () => {
  test("is waited for when it is short, and the wait is told", async ({ watched: page, emulator }) => {
    await open(page);
    const since = Date.now();
    await ask(page, questionWith("rate-limited:3:once"));
    await expect(page.getByText(/^The provider asked to wait [1-3] s$/)).toBeVisible();
    await expectWhole(page);
    expect(await callsSince(emulator, since)).toBe(2);
  });

  test("is left to the person when it is long, counting down to Retry", async ({
    watched: page,
    emulator,
  }) => {
    await page.clock.install();
    await open(page);
    const since = Date.now();
    await ask(page, questionWith("rate-limited:45:once"));
    await expect(failureOf(page)).toHaveText(
      "The model provider is getting too many requests from this server. It asked to wait 45 seconds; retry after that.",
    );
    const retry = answers(page).getByRole("button", { name: /^Retry in \d+ s$/ });
    await expect(retry).toBeDisabled();
    await page.clock.fastForward(20_000);
    await expect(retry).toHaveText(/Retry in 2\d s/);
    await page.clock.fastForward(30_000);
    await expect(button(answers(page), "Retry")).toBeEnabled();
    expect(await callsSince(emulator, since)).toBe(1);
    await button(answers(page), "Retry").click();
    await expectWhole(page);
  });
});

test.describe("without a connection", () => {
  test("nothing is lost before sending, and Try again sends it once", async ({ page, context, emulator }) => {
    await open(page);
    const since = Date.now();
    await context.setOffline(true);
    await ask(page, "Are you there? [[say:Yes, here.]]");
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      "The server cannot be reached. Check your connection and try again.",
    );
    await expect(questions(page)).toContainText("Are you there?");
    await button(page.getByRole("main"), "Try again").click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("cannot be reached");
    await context.setOffline(false);
    await button(page.getByRole("main"), "Try again").click();
    await expect(answers(page)).toHaveText([/Yes, here\./]);
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
    await answered(page);
    expect((await savedThread(page.request, await openThreadId(page))).messages).toHaveLength(2);
    expect(await callsSince(emulator, since)).toBe(1);
    await page.reload();
    await expect(answers(page)).toHaveText([/Yes, here\./]);
  });

  test("a stop that does not get through says so, and can be asked for again", async ({ page, emulator }) => {
    await open(page);
    await ask(page, "Long. [[pace:900,4,0]]");
    await expect(answers(page)).toContainText("FIRSTWORD");
    await page.route(/\/api\/generations\/[^/]+$/, (route) => route.abort());
    await button(page, "Stop").click();
    await expect(page.getByText("The server cannot be reached.")).toBeVisible();
    await page.unrouteAll();
    await button(page, "Stop").click();
    await expect(answers(page)).toContainText("Stopped");
    await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  });

  test("a text that is too long says so, and is there to be shortened", async ({ page }) => {
    await open(page);
    const text = "word ".repeat(LONGEST_TEXT / 5 + 1);
    await ask(page, text);
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      "That is too large to send. Shorten the text or send fewer pictures.",
    );
    await button(page.getByRole("main"), "Edit").click();
    await expect(composer(page)).toHaveValue(text.trim());
  });

  test("an unsent message can be taken back into the composer, before what was typed since", async ({
    page,
    context,
  }) => {
    await open(page);
    await context.setOffline(true);
    await ask(page, "first thought");
    await expect(button(page, "Edit")).toBeVisible();
    await composer(page).fill("second thought");
    await composer(page).press("Enter");
    await expect(page.getByText("The message above was not sent yet.")).toBeVisible();
    await button(page, "Edit").click();
    await expect(composer(page)).toHaveValue("first thought\n\nsecond thought");
    await expect(questions(page)).toHaveCount(0);
  });

  test("threat 81: an answer catches up by itself when it is back", async ({ page, context, emulator }) => {
    await open(page);
    await ask(page, "Long. [[pace:400,25,0]]");
    await expect(answers(page)).toContainText("FIRSTWORD");
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    await context.setOffline(true);
    await emulator.hurry();
    await expect.poll(async () => (await emulator.stats()).active).toBe(0);
    await context.setOffline(false);
    await expect(answers(page)).toContainText("ENDOFANSWER", { timeout: 30_000 });
    await answered(page);
    expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
  });
});

test.beforeEach(({ person }) => {
  expect(person.id).not.toBe("");
});

/** A question with a fault in it; unlike any other, because the emulator remembers what it failed once. */
const questionWith = (fault: string) => `${crypto.randomUUID()} [[fault:${fault}]] [[say:${TEXT}]]`;

const failureOf = (page: Page) => page.getByRole("article").getByRole("alert");

/** The question and the reason are on the screen, now and after a reload. */
async function expectKept(page: Page, question: string, sentence: RegExp): Promise<void> {
  await expect(questions(page)).toContainText(question);
  await page.reload();
  await expect(composer(page)).toBeFocused();
  await expect(questions(page)).toContainText(question);
  await expect(failureOf(page)).toHaveText(sentence);
}

async function expectWhole(page: Page): Promise<void> {
  await expect(answers(page)).toContainText("Ende.");
  await answered(page);
  expect(await savedText(page.request, await openThreadId(page))).toBe(TEXT);
  expect(await savedAnswer(page.request, await openThreadId(page))).toMatchObject({
    status: "complete",
    failure: null,
  });
}

/** How often the provider was asked for an answer, titles left out. */
const callsSince = async (emulator: Emulator, since: number) =>
  (await emulator.stats()).last.filter(({ title, at }) => !title && at >= since).length;
