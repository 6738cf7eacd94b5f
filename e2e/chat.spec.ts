import type { Page } from "@playwright/test";
import { scriptedAnswer } from "../lib/ionos/emulator/scripted";
import { textOf } from "../lib/messages/message";
import {
  answered,
  answers,
  ask,
  askAndRead,
  button,
  composer,
  copied,
  makeThread,
  open,
  openThreadId,
  questions,
  savedAnswer,
  savedBranch,
  savedText,
  savedThread,
  threadLinks,
} from "./support/chat";
import { type Emulator, expect, test } from "./support/fixtures";
import { newAccount, SESSION_COOKIE } from "./support/person";

/** An answer that is written for 16 s unless the emulator is told to hurry, and what it says. */
const SLOW = "[[pace:400,25,0]]";
const WHOLE = scriptedAnswer(400).join("");

test.beforeEach(async ({ person, context }) => {
  expect(person.session).not.toBe("");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

test.describe("an answer", () => {
  test("is read as Markdown: a table, code to copy, a list, a link that opens beside", async ({
    watched: page,
    server,
  }) => {
    await open(page);
    await ask(page, `How deep is it? [[say:${markdown(server.url)}]]`);
    await answered(page);

    const answer = answers(page);
    await expect(answer.getByRole("heading", { name: "Depths", level: 5 })).toBeVisible();
    await expect(answer.getByRole("columnheader")).toHaveText(["Place", "Metres"]);
    await expect(answer.getByRole("row").nth(1).getByRole("cell")).toHaveText(["Kiel", "11.2"]);
    await expect(answer.getByRole("listitem")).toHaveText(["tide first", "then the sounder"]);

    const code = answer.getByRole("region", { name: "Code, TypeScript" });
    await expect(code).toContainText("const depth = 11.2;");
    await button(answer, "Copy").first().click();
    await expect(button(answer, "Copied")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("const depth = 11.2;");

    const link = answer.getByRole("link", { name: "the chart" });
    await expect(link).toHaveAttribute("rel", /noopener noreferrer/);
    const [chart] = await Promise.all([page.waitForEvent("popup"), link.click()]);
    expect(await chart.evaluate(() => window.opener)).toBeNull();
  });

  test("streams, word after word, under an address of its own that needed no reload", async ({
    watched: page,
    emulator,
  }) => {
    await open(page);
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    await ask(page, `Begin. ${SLOW}`);
    await openThreadId(page);
    await expect(answers(page)).toContainText("FIRSTWORD");
    await expect(answers(page)).not.toContainText("ENDOFANSWER");
    await expect(button(page, "Stop")).toBeVisible();
    await emulator.hurry();
    await expectWhole(page);
    expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
  });

  test("to a follow-up comes below, and the model is told what was said before", async ({
    watched: page,
    emulator,
  }) => {
    await open(page);
    await askAndRead(page, "First. [[say:The first answer.]]");
    const since = Date.now();
    await askAndRead(page, "Second. [[say:The second answer.]]");
    await expect(answers(page)).toHaveText([/The first answer\./, /The second answer\./]);
    await expect(questions(page)).toHaveText([/^You saidFirst\./, /^You saidSecond\./]);
    expect((await chatsSince(emulator, since)).map(({ roles }) => roles)).toEqual([
      ["system", "user", "assistant", "user"],
    ]);
  });

  test("gives its thread a title by the model, also in another tab", async ({ watched: page, context }) => {
    const other = await context.newPage();
    await Promise.all([open(page), open(other)]);
    await ask(page, "[[say:Kiel.]] Which harbour is closest to Hamburg today?");
    const title = "Which harbour is closest to Hamburg";
    for (const tab of [page, other]) {
      await expect(threadLinks(tab)).toHaveText([title]);
    }
    await expect(page).toHaveTitle(`${title} · Leeward`);
    await expect(other).toHaveTitle("Leeward");
  });

  test("may be there, title and all, before the reply to its question", async ({ watched: page }) => {
    await open(page);
    const release = await holdReplies(page);
    await ask(page, "[[say:Kiel.]] Which harbour is closest to Hamburg today?");
    await expect(answers(page)).toContainText("Kiel.");
    await expect(threadLinks(page)).toHaveText(["Which harbour is closest to Hamburg"]);
    await release();
    await expect(threadLinks(page)).toHaveText(["Which harbour is closest to Hamburg"]);
    await expect(page).toHaveTitle("Which harbour is closest to Hamburg · Leeward");
    await askAndRead(page, "And to Bremen? [[say:Bremerhaven.]]");
    await expect(answers(page)).toHaveText([/Kiel\./, /Bremerhaven\./]);
  });

  test("goes on after a reload in its middle, to the same end that is saved", async ({
    watched: page,
    emulator,
  }) => {
    await open(page);
    await ask(page, `Long. ${SLOW}`);
    await expect(answers(page)).toContainText("Section 1");
    await page.reload();
    await expect(answers(page)).toContainText("Section 1");
    await expect(answers(page)).not.toContainText("ENDOFANSWER");
    await expect(button(page, "Stop")).toBeVisible();
    await emulator.hurry();
    await expectWhole(page);
  });

  test("is joined in its middle by a second tab", async ({ watched: page, context, emulator }) => {
    await open(page);
    await ask(page, `Long. ${SLOW}`);
    await expect(answers(page)).toContainText("Section 1");
    const other = await context.newPage();
    await open(other, page.url());
    await expect(answers(other)).toContainText("Section 1");
    await expect(button(other, "Stop")).toBeVisible();
    await emulator.hurry();
    await expectWhole(other);
    await expectWhole(page);
  });

  test("to a question from either of two tabs is read in both as it is written", async ({
    watched: page,
    context,
    emulator,
  }) => {
    await open(page);
    await askAndRead(page, "First. [[say:One.]]");
    const other = await context.newPage();
    await open(other, page.url());
    for (const [asking, watching] of [
      [page, other],
      [other, page],
    ] as const) {
      await ask(asking, `Next. ${SLOW}`);
      await expect(button(watching, "Stop")).toBeVisible();
      await expect(answers(watching).last()).toContainText("FIRSTWORD");
      await emulator.hurry();
      await expectWhole(watching);
      await expectWhole(asking);
    }
    await expect(questions(page)).toHaveCount(3);
    await expect(questions(other)).toHaveCount(3);
  });

  test("is written to its end when its tab is closed", async ({ page, context, emulator }) => {
    await open(page);
    await ask(page, `Long. ${SLOW}`);
    await expect(answers(page)).toContainText("FIRSTWORD");
    const threadId = await openThreadId(page);
    await page.close();
    await emulator.hurry();
    await expect.poll(() => savedAnswer(context.request, threadId)).toMatchObject({ status: "complete" });
    expect(await savedText(context.request, threadId)).toBe(WHOLE);
  });

  test("shows what it cost when asked, and the day's sum at the sidebar's foot", async ({
    watched: page,
  }) => {
    await open(page);
    await expect(page.getByText("0 tokens today")).toBeVisible();
    await askAndRead(page, "What does this cost? [[say:Very little.]]");
    await button(answers(page), "Tokens").click();
    const { usage } = await savedAnswer(page.request, await openThreadId(page));
    const fact = (term: string) =>
      answers(page)
        .locator("div")
        .filter({ has: page.getByText(term, { exact: true }) })
        .last();
    expect(usage?.inputTokens).toBeGreaterThan(10);
    await expect(fact("Input")).toHaveText(`Input${usage?.inputTokens} tokens`);
    await expect(fact("Output")).toHaveText(`Output${usage?.outputTokens} tokens`);
    await expect(fact("Count")).toHaveText("Countreported by the provider");
    await button(answers(page), "Tokens").click();
    await expect(answers(page).getByText("Output")).toBeHidden();

    // The call for the title is counted too.
    const today = async () => {
      const { inputTokens, outputTokens } = await (await page.request.get("/api/usage/today")).json();
      return inputTokens + outputTokens;
    };
    await expect.poll(today).toBeGreaterThan((usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0));
    await expect(page.getByText(`${await today()} tokens today`)).toBeVisible();
  });
});

test.describe("stopping", () => {
  for (const [way, stop] of [
    ["the button", (page: Page) => button(page, "Stop").click()],
    ["the button, by keyboard,", (page: Page) => button(page, "Stop").press("Enter")],
    ["Esc", (page: Page) => page.keyboard.press("Escape")],
  ] as const) {
    test(`threat 59: ${way} ends the upstream within 2 s and keeps the text, marked`, async ({
      watched: page,
      emulator,
    }) => {
      await open(page);
      const since = Date.now();
      await ask(page, `Long. ${SLOW}`);
      await expect(answers(page)).toContainText("answer begins here");
      await stop(page);
      await expect
        .poll(async () => (await chatsSince(emulator, since)).map(({ aborted }) => aborted), {
          timeout: 2_000,
          intervals: [50],
        })
        .toEqual([true]);
      await expect(answers(page).getByText("Stopped", { exact: true })).toBeVisible();
      await expect(composer(page)).toBeFocused();

      const saved = await savedAnswer(page.request, await openThreadId(page));
      expect(saved.status).toBe("stopped");
      expect(textOf(saved)).toMatch(/^FIRSTWORD answer begins here/);
      expect(await copied(page, answers(page))).toBe(textOf(saved));

      await page.reload();
      await expect(answers(page).getByText("Stopped", { exact: true })).toBeVisible();
      await expect(answers(page)).toContainText("FIRSTWORD answer begins here");
    });
  }

  test("a stopped answer is retried; the first one stays in the tree", async ({
    watched: page,
    emulator,
  }) => {
    await open(page);
    await ask(page, `Once more. ${SLOW}`);
    await expect(answers(page)).toContainText("FIRSTWORD");
    await button(page, "Stop").click();
    await expect(answers(page).getByText("Stopped", { exact: true })).toBeVisible();
    await button(answers(page), "Retry").click();
    await expect(button(page, "Stop")).toBeVisible();
    await expect(answers(page)).toContainText("FIRSTWORD");
    await emulator.hurry();
    await expectWhole(page);
    await expect(answers(page)).toHaveCount(1);
    await expect(answers(page).getByText("Stopped", { exact: true })).toBeHidden();
    const { messages } = await savedThread(page.request, await openThreadId(page));
    expect(messages.map(({ role, status }) => `${role} ${status}`)).toEqual([
      "user complete",
      "assistant stopped",
      "assistant complete",
    ]);
  });

  test("threat 59: it may come before the server knows the question", async ({ page, emulator }) => {
    await open(page);
    const since = Date.now();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await page.route("**/api/threads/*/messages", async (route) => {
      await held;
      await route.continue();
    });
    await ask(page, `Long. ${SLOW}`);
    await button(page, "Stop").click();
    await expect(button(page, "Stopping")).toBeVisible();
    release();
    await expect(answers(page).getByText("Stopped", { exact: true })).toBeVisible();
    await expect
      .poll(async () => (await chatsSince(emulator, since)).every(({ closed }) => closed))
      .toBe(true);
  });
});

test.describe("threat 61: one message and one call", () => {
  for (const [way, send] of [
    ["a double click on Send", (page: Page) => button(page, "Send").dblclick()],
    [
      "Enter twice",
      async (page: Page) => {
        await composer(page).press("Enter");
        await composer(page).press("Enter");
      },
    ],
  ] as const) {
    test(`for ${way}`, async ({ watched: page, emulator }) => {
      await open(page);
      const since = Date.now();
      await composer(page).fill(`Only once. ${SLOW}`);
      await send(page);
      await expect(answers(page)).toContainText("FIRSTWORD");
      await emulator.hurry();
      await expectWhole(page);
      await expect(questions(page)).toHaveCount(1);
      const { messages } = await savedThread(page.request, await openThreadId(page));
      expect(messages).toHaveLength(2);
      expect(await chatsSince(emulator, since)).toHaveLength(1);
    });
  }

  test("when the server's answer to it was lost and it is sent again", async ({ page, emulator }) => {
    // The line is so bad that the page does not hear of it in another way either.
    await page.route(/\/events/, (route) => route.abort());
    await open(page);
    const since = Date.now();
    await page.route(
      "**/api/threads/*/messages",
      async (route) => {
        await route.fetch();
        await route.abort("connectionreset");
      },
      { times: 1 },
    );
    await ask(page, "Only once. [[say:Once it is.]]");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("The server cannot be reached");
    await page.unrouteAll();
    await button(page, "Try again").click();
    await expect(answers(page)).toHaveText([/Once it is\./]);
    await answered(page);
    await expect(questions(page)).toHaveCount(1);
    await expect(page.getByRole("main").getByRole("alert")).toBeHidden();
    const { messages } = await savedThread(page.request, await openThreadId(page));
    expect(messages).toHaveLength(2);
    expect(await chatsSince(emulator, since)).toHaveLength(1);
  });

  test("and the same ids with other words are refused", async ({ page }) => {
    const ids = { messageId: crypto.randomUUID(), answerId: crypto.randomUUID() };
    const body = { ...ids, generationId: crypto.randomUUID(), parentId: null, imageIds: [] };
    const path = `/api/threads/${crypto.randomUUID()}/messages`;
    const send = async (text: string) =>
      (await page.request.post(path, { data: { ...body, text } })).status();
    expect([await send("[[say:a]]"), await send("[[say:a]]"), await send("[[say:b]]")]).toEqual([
      202, 202, 409,
    ]);
  });
});

test.describe("finding one's way", () => {
  test("New chat, back and forward go between conversations, and each is whole", async ({
    watched: page,
  }) => {
    await open(page);
    await askAndRead(page, "North. [[say:It is cold.]]");
    await page.getByRole("link", { name: "New chat" }).click();
    await expect(page.getByRole("heading", { name: "What shall we look at?" })).toBeVisible();
    await askAndRead(page, "South. [[say:It is warm.]]");
    await page.goBack();
    await expect(page.getByRole("heading", { name: "What shall we look at?" })).toBeVisible();
    await page.goBack();
    await expect(answers(page)).toHaveText([/It is cold\./]);
    await page.goForward();
    await page.goForward();
    await expect(answers(page)).toHaveText([/It is warm\./]);
    await threadLinks(page).filter({ hasText: "North" }).click();
    await expect(answers(page)).toHaveText([/It is cold\./]);
    await askAndRead(page, "Still there? [[say:Yes.]]");
    await expect(answers(page)).toHaveText([/It is cold\./, /Yes\./]);
  });

  test("a link into a conversation opens it, to its owner alone", async ({
    watched: page,
    browser,
    server,
  }) => {
    const threadId = await makeThread(page.request, "Private. [[say:A secret answer.]]");
    await open(page, `/t/${threadId}`);
    await expect(answers(page)).toHaveText([/A secret answer\./]);

    const stranger = await newAccount(server.url, "Bo Nilsen");
    const theirs = await browser.newContext({ baseURL: server.url });
    await theirs.addCookies([{ name: SESSION_COOKIE, value: stranger.session, url: server.url }]);
    const other = await theirs.newPage();
    for (const id of [threadId, crypto.randomUUID(), "no-uuid"]) {
      const response = await other.goto(`/t/${id}`);
      await expect(other.getByRole("heading", { name: "This conversation is not here" })).toBeVisible();
      expect(response?.status()).toBe(404);
      expect(await other.content()).not.toContain("secret");
    }
    await other.getByRole("link", { name: "Start a new chat" }).click();
    await expect(composer(other)).toBeFocused();
    await theirs.close();
  });
});

test.describe("the composer", () => {
  test("keeps what was typed in each conversation while others are looked at", async ({ watched: page }) => {
    const threadId = await makeThread(page.request, "[[say:Hello.]] Greeting");
    await open(page);
    await composer(page).fill("for a new one");
    await page.locator(`a[href="/t/${threadId}"]`).click();
    await expect(answers(page)).toHaveCount(1);
    await expect(composer(page)).toHaveValue("");
    await composer(page).fill("for the greeting");
    await page.getByRole("link", { name: "New chat" }).click();
    await expect(composer(page)).toHaveValue("for a new one");
    await page.locator(`a[href="/t/${threadId}"]`).click();
    await expect(composer(page)).toHaveValue("for the greeting");
  });

  test("breaks the line with Shift+Enter, sends with Enter, and sends nothing that is blank", async ({
    watched: page,
  }) => {
    await open(page);
    await composer(page).press("Enter");
    await composer(page).fill("   ");
    await composer(page).press("Enter");
    await expect(button(page, "Send")).toBeDisabled();
    await expect(questions(page)).toHaveCount(0);
    await composer(page).fill("one");
    await composer(page).press("Shift+Enter");
    await composer(page).pressSequentially("two");
    await expect(composer(page)).toHaveValue("one\ntwo");
    await composer(page).press("Enter");
    await expect(composer(page)).toHaveValue("");
    const [question] = await savedBranchSoon(page);
    expect(question && textOf(question)).toBe("one\ntwo");
  });

  test("does not send with the Enter that ends a word of an input method", async ({
    watched: page,
    context,
  }) => {
    await open(page);
    const keyboard = await context.newCDPSession(page);
    await keyboard.send("Input.imeSetComposition", { text: "みなと", selectionStart: 3, selectionEnd: 3 });
    // As browsers send it while an input method composes.
    await keyboard.send("Input.dispatchKeyEvent", {
      type: "rawKeyDown",
      key: "Enter",
      code: "Enter",
      windowsVirtualKeyCode: 229,
    });
    await keyboard.send("Input.insertText", { text: "港" });
    await expect(composer(page)).toHaveValue("港");
    await expect(questions(page)).toHaveCount(0);
    await composer(page).press("Enter");
    await expect(questions(page)).toContainText(["港"]);
    await answered(page);
  });

  test("takes text while an answer is written, and says why it cannot be sent yet", async ({
    watched: page,
    emulator,
  }) => {
    await open(page);
    await ask(page, `Long. ${SLOW}`);
    await expect(answers(page)).toContainText("FIRSTWORD");
    await composer(page).fill("And then? [[say:Then nothing.]]");
    await composer(page).press("Enter");
    await expect(page.getByRole("region", { name: "Waiting to be sent" })).toContainText("And then?");
    await expect(composer(page)).toHaveValue("");
    await emulator.hurry();
    await expect(answers(page)).toHaveText([/ENDOFANSWER/, /Then nothing\./]);
  });

  test("four ways to start fill it and send nothing", async ({ watched: page }) => {
    await open(page);
    await page.getByRole("button", { name: /Weigh two options/ }).click();
    await expect(composer(page)).toHaveValue(/heat pump/);
    await expect(composer(page)).toBeFocused();
    await expect(questions(page)).toHaveCount(0);
  });
});

/** The last answer is there to its last word, on the screen as in the database. */
async function expectWhole(page: Page): Promise<void> {
  const answer = answers(page).last();
  await expect(answer).toContainText("ENDOFANSWER", { timeout: 20_000 });
  await answered(page);
  await page.bringToFront();
  expect(await copied(page, answer)).toBe(WHOLE);
  expect(await savedText(page.request, await openThreadId(page))).toBe(WHOLE);
}

/** Lets questions through to the server and keeps its replies; the function that it answers lets them go. */
async function holdReplies(page: Page): Promise<() => Promise<void>> {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: replied, resolve: reply } = Promise.withResolvers<void>();
  await page.route("**/api/threads/*/messages", async (route) => {
    const response = await route.fetch();
    await held;
    await route.fulfill({ response });
    reply();
  });
  return async () => {
    letGo();
    await replied;
    await page.unrouteAll();
    // What the page makes of it is on the screen.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  };
}

async function savedBranchSoon(page: Page) {
  await answered(page);
  return savedBranch(page.request, await openThreadId(page));
}

/** The emulator's calls for answers, titles left out, that began at this time or after it. */
const chatsSince = async (emulator: Emulator, since: number) =>
  (await emulator.stats()).last.filter(({ title, at }) => !title && at >= since);

const markdown = (url: string) => `### Depths

| Place | Metres |
| --- | ---: |
| Kiel | 11.2 |

- tide first
- then the sounder

\`\`\`ts
const depth = 11.2;
\`\`\`

See [the chart](${url}/sign-in).`;
