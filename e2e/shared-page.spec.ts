import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe";
import { makeThread } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { share, stranger } from "./support/sharing";

const SAID = [
  "Ask **Bo** at bo@example.org:",
  "",
  "```ts",
  'const mail = "bo@example.org";',
  "```",
  "",
  "Its length is $\\sqrt{a_1}$, and",
  "",
  "$$\n\\frac{1}{2} = 0.5\n$$",
  "",
  "```mermaid",
  "graph TD",
  "  Boat --> Harbour",
  "```",
].join("\n");

/** A share of an answer with all that a chat would draw; its path. */
async function sharedAnswer({ request }: Page): Promise<string> {
  const threadId = await makeThread(request, `Write to bo@example.org [[say:${SAID}]]`);
  const choices = {
    messages: [1, 2],
    pictures: [],
    redactions: ["1.0", "1.1", "1.2", "2.0", "2.1"],
    name: false,
    dates: false,
  };
  return (await share(request, threadId, { choices })).path;
}

test("without any script code has its colours, formulas are set, and a diagram can be read", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const path = await sharedAnswer(page);
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    locale: "en-GB",
  });
  const visitor = await context.newPage();
  const refused: string[] = [];
  visitor.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  const fonts: string[] = [];
  visitor.on("request", (request) => request.resourceType() === "font" && fonts.push(request.url()));
  await visitor.goto(path);
  await expect(visitor.locator(".hljs-keyword")).toHaveText("const");
  await expect(visitor.locator(".katex")).toHaveCount(2);
  await expect(visitor.getByRole("region", { name: "Formula" })).toBeVisible();
  await expect(visitor.locator(".katex-mathml mfrac")).toBeAttached();
  await expect.poll(() => fonts.join()).toContain("KaTeX_Main");
  await expect(visitor.getByText("A diagram, as it is written down.")).toBeVisible();
  await expect(visitor.getByRole("region", { name: "Diagram" })).toContainText("Boat --> Harbour");
  expect(refused).toEqual([]);
  await context.close();

  // A page without formulas brings nothing of them, and waits for no other file before it is painted.
  const plain = await share(page.request, await makeThread(page.request, "Hello [[say:Only words.]]"));
  const html = await (await page.request.get(plain.path)).text();
  expect(html).toMatch(/<style nonce="[^"]+">[^<]*\.turns/);
  expect(html).not.toContain("KaTeX_Main");
  expect(html).not.toContain('rel="stylesheet"');
});

/** The width of a sheet of A4 between its margins, in CSS pixels. */
const PAPER = 658;
const ANSWER_ALONE = { messages: [2], pictures: [], redactions: [], name: false, dates: false };

test("on paper a table and a formula are as wide as the page, however they scroll on a screen", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const long = "Keep to the green side of it, the current is strong";
  const row = ["Kiel", "11", "80", "30 €", "none", "east", long, long, long];
  const head = row.map((_, index) => `Column ${index}`);
  const table = [head, head.map(() => "---"), row].map((cells) => `| ${cells.join(" | ")} |`);
  const formula = `$$\n${Array.from({ length: 30 }, (_, index) => `x_{${index}} + y_{${index}}`).join(" + ")}\n$$`;
  const threadId = await makeThread(page.request, `Compare [[say:${table.join("\n")}\n\n${formula}]]`);
  const { path } = await share(page.request, threadId, { choices: ANSWER_ALONE });
  const visitor = await stranger(browser, server.url);
  await visitor.setViewportSize({ width: PAPER, height: 900 });
  await visitor.goto(path);
  const rights = (selector: string) =>
    visitor
      .locator(selector)
      .evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().right)));
  await expect(visitor.locator(".katex")).toHaveCount(1);
  const wide = ["table", ".katex-base"];
  for (const each of wide) expect(await rights(each)).toBeGreaterThan(PAPER);
  await visitor.emulateMedia({ media: "print" });
  for (const each of wide) expect(await rights(each)).toBeLessThanOrEqual(PAPER);
  await visitor.context().close();
});

test("what is blacked out is read aloud as that, and a message is copied as it was written", async ({
  person: _,
  page,
  browser,
  server,
}) => {
  const path = await sharedAnswer(page);
  const visitor = await stranger(browser, server.url);
  await visitor.goto(path);
  await expect(visitor.getByRole("img", { name: "redacted" })).toHaveCount(5);
  await expect(visitor.getByRole("region", { name: "Code, TypeScript" }).getByRole("img")).toHaveText(
    "█████",
  );
  expect(await visitor.content()).not.toContain("bo@example.org");
  await expectAccessible(visitor);

  await visitor.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const copy = visitor.getByRole("button", { name: "Copy message" });
  const copied = visitor.getByRole("status").filter({ hasText: "Copied" });
  await copy.last().click();
  await expect(copied).toBeAttached();
  const markdown = await visitor.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toBe(SAID.replaceAll("bo@example.org", "█████"));
  await expect(copied).not.toBeAttached();
  await copy.first().click();
  await expect(copied).toBeAttached();
  expect(await visitor.evaluate(() => navigator.clipboard.readText())).toMatch(/^Write to █████ \[\[say:/);
  await visitor.context().close();

  const german = await stranger(browser, server.url, "de-DE");
  await german.goto(path);
  await expect(german.getByRole("img", { name: "geschwärzt" })).toHaveCount(5);
  await expect(german.getByText("Ein Diagramm, wie es aufgeschrieben ist.")).toBeVisible();
  await german.context().close();
});
