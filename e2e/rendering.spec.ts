import { startCanary } from "./support/canary";
import { answered, answers, ask, button, open, questions, savedThread } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { seedLongThread } from "./support/seed";

test("a long thread opens at its end, and all of it comes: in idle time, scrolling up, and after trouble", async ({
  page,
  server,
  person,
}) => {
  const paragraph = "The harbour lies in the lee of the island. ".repeat(12);
  const threadId = seedLongThread(
    server.data,
    person.id,
    120,
    (number) => `Entry ${number}.\n\n${paragraph}`,
  );
  // What the page itself brings is a small part of it.
  const html = await (await page.request.get(`/t/${threadId}`)).text();
  expect(html).toContain("Entry 120.");
  expect(html).not.toContain("Entry 60.");

  let refuse = true;
  await page.route(`**/api/threads/${threadId}/messages?*`, (route) =>
    refuse ? route.fulfill({ status: 503, json: { error: { code: "internal" } } }) : route.continue(),
  );
  await open(page, `/t/${threadId}`);
  const last = page.getByText("Entry 120.", { exact: true });
  await expect(last).toBeInViewport();
  await expect(page.getByText("Earlier messages could not be loaded.")).toBeAttached();
  await page.getByText("Earlier messages could not be loaded.").scrollIntoViewIfNeeded();
  // The first of those that the page brought.
  const name = await page
    .getByText(/^Entry \d+\.$/)
    .first()
    .innerText();
  const seen = page.getByText(name, { exact: true });
  await expect(seen).toBeInViewport();

  refuse = false;
  const before = await seen.boundingBox();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Entry 90.", { exact: true })).toBeAttached();
  // What was read stays where it is while earlier turns come above it.
  await expect
    .poll(async () => Math.abs(((await seen.boundingBox())?.y ?? 0) - (before?.y ?? 0)))
    .toBeLessThan(60);

  await expect(questions(page)).toHaveCount(60);
  await expect(answers(page)).toHaveCount(60);
  await page.getByText("Entry 2.", { exact: true }).scrollIntoViewIfNeeded();
  await expect(page.getByText("Entry 2.", { exact: true })).toBeInViewport();

  await ask(page, "[[say:And on it goes.]]");
  await answered(page);
  await expect(answers(page).getByText("And on it goes.", { exact: true })).toBeInViewport();
  await expect(questions(page)).toHaveCount(61);
});

test("a thread is at its end before our code runs, also when what stands below takes its room after it", async ({
  page,
  server,
  person,
}) => {
  const threadId = seedLongThread(server.data, person.id, 20, (number) => `Entry ${number}.`);
  await page.route("**/_next/static/**/*.js", (route) => route.abort());
  await page.goto(`/t/${threadId}`);
  const last = page.getByText("Entry 20.", { exact: true });
  await expect(last).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 500 });
  await expect(last).toBeInViewport({ ratio: 1 });
});

const FORMULAS = `The roots of $ax^2 + bx + c = 0$ for \\(a \\neq 0\\), from $5 to $10:

$$
x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

And hostile ones: $\\href{JaVaScRiPt:alert(1)}{x}$, $\\htmlData{onclick=alert(1)}{y}$, $\\includegraphics{CANARY/a.png}$.`;

const DIAGRAM = `\`\`\`mermaid
%%{init: {"securityLevel": "loose", "themeCSS": "*{background:url(CANARY/b)}"}}%%
graph TD
  A["Cast off <img src=CANARY/c onerror=alert(1)>"] --> B{Wind?}
  B -->|west| C[Sail]
  B -->|none| D[Wait]
  click A href "javascript:alert(1)"
\`\`\``;

test("threats 27, 30, 31: formulas and diagrams are drawn, whatever is in them is inert", async ({
  page,
  person,
}) => {
  expect(person.session).not.toBe("");
  const canary = await startCanary();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => {
    // The sandbox's own policy refuses what a label brings, and says so.
    const isSandbox = new URL(message.location().url).pathname.startsWith("/diagrams/");
    if (message.type() === "error" && !isSandbox) wrong.push(message.text());
  });
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await open(page);
  await ask(page, "[[say:Words only.]]");
  await answered(page);
  // Neither library is brought before an answer needs it.
  expect(loaded.filter((path) => /KaTeX|diagrams/.test(path))).toEqual([]);

  await ask(page, `[[say:${`${FORMULAS}\n\n${DIAGRAM}`.replaceAll("CANARY", canary.url)}]]`);
  await answered(page);
  const answer = answers(page).last();
  await expect(answer.getByRole("math")).toHaveCount(6);
  await expect(answer.getByRole("region", { name: "Formula" })).toBeVisible();
  await expect(answer).toContainText("from $5 to $10:");
  await expect(answer.locator("a, [onclick], [data-onclick]")).toHaveCount(0);

  const picture = answer.getByRole("img", { name: "Diagram, see its source" });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
  const svg = decodeURIComponent((await picture.getAttribute("src")) ?? "");
  expect(svg).toContain("Wind?");
  expect(svg).not.toMatch(/<script|onerror=|javascript:|<foreignObject/i);
  await button(answer, "Show the source").click();
  await expect(answer.getByRole("region", { name: "Diagram" })).toContainText("click A href");
  await button(answer, "Show the diagram").click();
  await expect(picture).toBeVisible();

  const mistaken = `graph TD\n  A --> B\n  style B fill:url(${canary.url}/d)`;
  await ask(page, `[[say:\`\`\`mermaid\n${mistaken}\n\`\`\`\n\nAnd on.]]`);
  await answered(page);
  await expect(answers(page).last()).toContainText("This diagram could not be drawn.");
  await expect(answers(page).last()).toContainText("style B fill:url");

  // All of it as the server shows it again.
  await open(page, new URL(page.url()).pathname);
  // What is far from the screen is set when it comes near.
  await answers(page).nth(1).getByText("The roots of").scrollIntoViewIfNeeded();
  await expect(answers(page).nth(1).getByRole("math")).toHaveCount(6);
  await expect(answers(page).nth(1).getByRole("img")).toBeVisible();
  const sandbox = await page.request.get("/diagrams/frame");
  expect(sandbox.headers()["content-security-policy"]).toMatch(
    /default-src 'none'.*; sandbox allow-scripts;/,
  );
  expect(canary.hits).toEqual([]);
  expect(wrong).toEqual([]);
  await canary.close();
});

test("while text streams in, what is read stays where it is; the end is followed only by who is there", async ({
  watched: page,
  emulator,
  person,
}) => {
  expect(person.session).not.toBe("");
  await open(page);
  await ask(page, "[[pace:900,60,0]]");
  const answer = answers(page);
  const words = async () => (await answer.innerText()).length;
  const view = answer.locator("xpath=ancestor::section/..");
  const place = () => view.evaluate((element) => Math.round(element.scrollTop));
  const below = () =>
    view.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
  // At the end from the beginning, and it follows.
  await expect.poll(async () => (await place()) > 300).toBe(true);
  expect(await below()).toBeLessThan(40);

  await view.hover();
  await page.mouse.wheel(0, -200);
  await expect(page.getByRole("button", { name: "New text" })).toBeVisible();
  const left = await place();
  const read = await words();
  await expect.poll(words).toBeGreaterThan(read + 600);
  expect(await place()).toBe(left);

  await page.getByRole("button", { name: "New text" }).click();
  await expect(page.getByRole("button", { name: "New text" })).toBeHidden();
  await expect.poll(below).toBeLessThan(40);
  await emulator.hurry();
  await answered(page);
  await expect.poll(below).toBeLessThan(40);
});

test("the browser's own find reaches the first turns of a long thread, and an address leads to one of them", async ({
  watched: page,
  server,
  person,
}) => {
  const paragraph = "The harbour lies in the lee of the island. ".repeat(12);
  const threadId = seedLongThread(server.data, person.id, 80, (number) => `Entry ${number}.\n\n${paragraph}`);
  await open(page, `/t/${threadId}`);
  await expect(page.getByText("Entry 80.", { exact: true })).toBeInViewport();
  await expect(questions(page)).toHaveCount(40);
  // Far turns are laid out only when they come near, and are searched all the same.
  const found = await page.evaluate(() => {
    getSelection()?.removeAllRanges();
    return (window as unknown as { find(text: string): boolean }).find("Entry 8.");
  });
  expect(found).toBe(true);
  expect(await page.evaluate(() => String(getSelection()))).toBe("Entry 8.");

  const { messages } = await savedThread(page.request, threadId);
  const old = messages.find(({ ordinal }) => ordinal === 12);
  await open(page, `/t/${threadId}`);
  await page.goto(`/t/${threadId}#${old?.id}`);
  await expect(page.getByText("Entry 12.", { exact: true })).toBeInViewport();
  await page.goto("/");
  await page.goto(`/t/${threadId}#${old?.id}`);
  await expect(page.getByText("Entry 12.", { exact: true })).toBeInViewport();
  await expect(page.getByText("Entry 80.", { exact: true })).not.toBeInViewport();
});
