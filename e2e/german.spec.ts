import type { Page } from "@playwright/test";
import { open } from "./support/chat";
import { expect, test } from "./support/fixtures";
import { newAccount } from "./support/person";

test.describe("for a browser that asks for German", () => {
  test.use({ locale: "de-AT" });

  test("everything from signing in to an answer is German", async ({ page, server }) => {
    const account = await newAccount(server.url);
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByRole("heading", { name: "Anmelden" })).toBeVisible();
    await expect(page).toHaveTitle(/Anmelden/);
    await page.getByRole("textbox", { name: "E-Mail" }).fill(account.email);
    await page.getByRole("textbox", { name: "Passwort", exact: true }).fill("falsch, aber lang genug");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await expect(page.getByText("E-Mail und Passwort passen zu keinem Konto.")).toBeVisible();
    await page.getByRole("textbox", { name: "Passwort", exact: true }).fill(account.password);
    await page.getByRole("button", { name: "Anmelden" }).click();

    const message = page.getByRole("textbox", { name: "Nachricht" });
    await expect(message).toBeFocused();
    await message.fill("Wie tief ist es? [[say:Elf Meter.]]");
    await page.getByRole("button", { name: "Senden" }).click();
    const answer = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "Antwort" }) });
    await expect(answer).toContainText("Elf Meter.");
    await expect(page.getByRole("button", { name: "Senden" })).toBeVisible();
    await answer.getByRole("button", { name: "Tokens" }).click();
    await expect(answer.getByText("vom Anbieter gemeldet")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Heute" })).toBeVisible();
    await page.goto("/t/nirgends");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dieses Gespräch gibt es hier nicht");
  });

  test("no English is left on the screen", async ({ page, person, request }) => {
    expect(person.id).not.toBe("");
    await page.goto("/");
    await expect(page.getByRole("textbox", { name: "Nachricht" })).toBeFocused();
    const english = /\b(the|and|your|you|chat history|new chat|search|settings|conversation|send|add)\b/i;
    expect(await page.getByRole("main").innerText()).not.toMatch(english);
    expect(await page.getByRole("navigation").innerText()).not.toMatch(english);
    for (const path of ["/sign-in", "/register"]) {
      const html = await (await request.get(path, { headers: { "accept-language": "de" } })).text();
      expect(html).toContain('lang="de"');
    }
  });
});

test.describe("the language", () => {
  test.beforeEach(({ person }) => {
    expect(person.id).not.toBe("");
  });

  test("is changed in the account menu, at once and for good, and what was typed stays", async ({
    watched: page,
  }) => {
    await open(page);
    await page.getByRole("textbox", { name: "Message" }).fill("half a thought");
    await page.getByRole("button", { name: /^Account / }).click();
    await expect(page.getByRole("menuitemradio", { name: "English" })).toBeChecked();
    await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
    await expect(page.getByRole("link", { name: "Neuer Chat" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Nachricht" })).toHaveValue("half a thought");
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await page.reload();
    await expect(page.getByRole("textbox", { name: "Nachricht" })).toBeFocused();
    await page.getByRole("button", { name: /^Konto / }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await expect(page.getByRole("link", { name: "New chat" })).toBeVisible();
  });
});

test.describe("the appearance", () => {
  test.use({ colorScheme: "light" });

  test("follows the system until it is chosen, at once and for good", async ({ page, person }) => {
    expect(person.id).not.toBe("");
    await open(page);
    expect(await isDark(page)).toBe(false);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => isDark(page)).toBe(true);

    await page.getByRole("button", { name: /^Account / }).click();
    await expect(page.getByRole("menuitemradio", { name: "Like the system" })).toBeChecked();
    await page.getByRole("menuitemradio", { name: "Light" }).click();
    await expect(page.getByRole("menuitemradio", { name: "Light" })).toBeChecked();
    await expect.poll(() => isDark(page)).toBe(false);
    // From the first paint on: nothing of it is a script's doing.
    await page.route("**/*.js", (route) => route.abort());
    await page.reload();
    expect(await isDark(page)).toBe(false);
    await page.unrouteAll();
    await open(page);
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("button", { name: /^Account / }).click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    await expect.poll(() => isDark(page)).toBe(true);
  });
});

/** Whether the text is light, which it is on a dark ground. */
const isDark = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!canvas) throw new Error("no canvas");
    canvas.fillStyle = getComputedStyle(document.body).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return red + green + blue > 384;
  });
