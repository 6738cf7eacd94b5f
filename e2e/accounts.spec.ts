import Database from "better-sqlite3";
import { sqliteFile } from "../lib/platform/database/sqlite-file";
import { answers, ask, composer, makeThread, open, threadLinks } from "./support/chat";
import { expect, test, withModel } from "./support/fixtures";
import { newAccount } from "./support/person";
import { startServer } from "./support/server";
import {
  anotherDevice,
  chooseInAccountMenu,
  email,
  expectSignInPage,
  password,
  signIn,
  trouble,
} from "./support/sign-in";
import { suspend } from "./support/suspend";

const GOOD_PASSWORD = "seventeen quiet herons";
const newEmail = () => `${crypto.randomUUID()}@example.org`;

test("the first to register on an empty installation administers it, the second does not", async ({
  browser,
  emulator,
}) => {
  const server = await startServer(withModel(emulator.url));
  const register = async (name: string, first: boolean) => {
    const device = await anotherDevice(browser, server.url);
    const page = await device.newPage();
    await page.goto(first ? "/" : "/register");
    await expect(page.getByRole("heading", { name: "Create an account" })).toBeVisible();
    await expect(page.getByText("It administers this installation.")).toBeVisible({ visible: first });
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await email(page).fill(`${name}@example.org`);
    await password(page).fill(GOOD_PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(composer(page)).toBeFocused();
    await expect(page.getByRole("button", { name: `Account ${name}` })).toBeVisible();
    await device.close();
  };
  await register("Ada", true);
  await register("Bo", false);
  expect(rolesIn(server.data)).toEqual({ "ada@example.org": "administrator", "bo@example.org": "member" });
  await server.remove();
});

test.describe("registering", () => {
  test.beforeEach(async ({ page, server }) => {
    await newAccount(server.url);
    await page.goto("/register");
    await page.getByRole("textbox", { name: "Name" }).fill("Cleo Berg");
    await email(page).fill(newEmail());
  });

  test("says the rules for a password before it is chosen, and shows it when asked", async ({
    watched: page,
  }) => {
    await expect(password(page)).toHaveAccessibleDescription(/At least 12 characters/);
    await password(page).fill("elevenchars");
    await page.getByRole("button", { name: "Create account" }).click();
    expect(await password(page).evaluate((field: HTMLInputElement) => field.validity.tooShort)).toBe(true);
    await expect(page).toHaveURL(/\/register$/);
    await expect(password(page)).toHaveAttribute("type", "password");
    await page.getByRole("button", { name: "Show password" }).click();
    await expect(password(page)).toHaveAttribute("type", "text");
    await password(page).fill(GOOD_PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(composer(page)).toBeFocused();
  });

  test("refuses a password that is easy to guess, and keeps what was typed", async ({ page }) => {
    for (const weak of ["password1234", "Cleo Berg Cleo", "qwertyuiop12"]) {
      await password(page).fill(weak);
      await page.getByRole("button", { name: "Create account" }).click();
      await expect(trouble(page)).toHaveText(/This password is easy to guess/);
      await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Cleo Berg");
      await expect(password(page)).toHaveValue(weak);
    }
    await password(page).fill(GOOD_PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(composer(page)).toBeFocused();
  });

  test("refuses an e-mail that is taken, however it is written", async ({ page, server }) => {
    const { email: taken } = await newAccount(server.url);
    await email(page).fill(taken.toUpperCase());
    await password(page).fill(GOOD_PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(trouble(page)).toHaveText(/There is an account with this e-mail already/);
  });

  test("is refused by the server too where a browser does not hold the rules", async ({ request }) => {
    const register = async (change: object) => {
      const data = { name: "Cleo", email: newEmail(), password: GOOD_PASSWORD, ...change };
      return (await request.post("/api/users", { data })).status();
    };
    expect(await register({ password: "elevenchars" })).toBe(400);
    expect(await register({ password: "x".repeat(201) })).toBe(400);
    expect(await register({ email: "nobody" })).toBe(400);
    expect(await register({ name: " " })).toBe(400);
    expect(await register({ role: "administrator" })).toBe(400);
    expect(await register({ password: "111111111111" })).toBe(422);
  });
});

test.describe("signing in", () => {
  test("leads to what was asked for", async ({ page, server }) => {
    const account = await newAccount(server.url);
    await page.goto("/t/0b5f62e2-9d0a-4f38-8f5e-0f2d54b9a0c1");
    await expectSignInPage(page);
    await signIn(page, { ...account, email: ` ${account.email.toUpperCase()} ` });
    await expect(page).toHaveURL(`${server.url}/t/0b5f62e2-9d0a-4f38-8f5e-0f2d54b9a0c1`);
  });

  test("with a wrong password and with an unknown e-mail is refused in the same words", async ({
    page,
    server,
  }) => {
    const account = await newAccount(server.url);
    await page.goto("/sign-in");
    const said: string[] = [];
    for (const attempt of [
      { ...account, password: "another quiet heron" },
      { ...account, email: newEmail() },
    ]) {
      await signIn(page, attempt);
      await expect(trouble(page)).toHaveText(/do not match an account/);
      said.push(await trouble(page).innerText());
      await expect(email(page)).toHaveValue(attempt.email);
      await page.reload();
    }
    expect(said[0]).toBe(said[1]);
    await signIn(page, account);
    await expect(composer(page)).toBeFocused();
  });

  test("is refused to a suspended person, who is told so, and whose session ends", async ({
    page,
    person,
    server,
  }) => {
    await open(page);
    suspend(server.data, person.id);
    await page.reload();
    await expectSignInPage(page);
    await signIn(page, person);
    await expect(trouble(page)).toHaveText(/This account is suspended/);
    expect((await page.request.get("/api/threads")).status()).toBe(403);
  });

  for (const next of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/%09/evil.example",
    "/\t/evil.example",
    "javascript:alert(document.domain)",
    "data:text/html,hi",
    "/sign-in?next=https://evil.example/",
    "x".repeat(5000),
    "%00",
    "http://[",
  ]) {
    test(`threat 22: stays here with next=${next.slice(0, 40)}`, async ({ page, server }) => {
      const account = await newAccount(server.url);
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await signIn(page, account);
      await expect(composer(page).or(page.getByRole("heading", { name: "Nothing here" }))).toBeVisible();
      expect(new URL(page.url()).origin).toBe(server.url);
    });
  }

  test("threat 22: the paths of next-auth stay here with any callbackUrl, and answer at once", async ({
    playwright,
    server,
  }) => {
    const account = await newAccount(server.url);
    for (const callbackUrl of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
      "http://[",
      "%00",
      `${server.url}@evil.example/`,
      `${server.url}.evil.example/`,
    ]) {
      const request = await playwright.request.newContext({
        baseURL: server.url,
        maxRedirects: 0,
        timeout: 5_000,
      });
      const query = new URLSearchParams({ callbackUrl });
      const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
      const form = { csrfToken, callbackUrl, email: account.email, password: account.password };
      const replies = [
        await request.get(`/api/auth/signin?${query}`),
        await request.get(`/api/auth/signout?${query}`),
        await request.get(`/api/auth/error?${query}`),
        await request.post(`/api/auth/callback/credentials?${query}`, { form }),
        await request.post(`/api/auth/callback/credentials?${query}`, { form: { ...form, json: "true" } }),
        await request.post(`/api/auth/signout?${query}`, { form }),
      ];
      for (const reply of replies) {
        const { location } = reply.headers();
        const to = location ?? (await urlIn(reply));
        expect(new URL(to ?? "/", server.url).origin, `${reply.url()} with ${callbackUrl}`).toBe(server.url);
        expect(reply.status(), reply.url()).toBeLessThan(500);
      }
      await request.dispose();
    }
  });
});

test.describe("too many tries", () => {
  test("for one account are refused with the time to wait, whatever address they claim (threat 19)", async ({
    browser,
    emulator,
  }) => {
    const server = await startServer(withModel(emulator.url));
    const account = await newAccount(server.url);
    const device = await anotherDevice(browser, server.url);
    const { csrfToken } = await (await device.request.get("/api/auth/csrf")).json();
    for (let count = 1; count <= 10; count++) {
      await device.request.post("/api/auth/callback/credentials", {
        headers: { "x-forwarded-for": `203.0.113.${count}`, "x-leeward-address": `203.0.113.${count}` },
        form: { csrfToken, email: account.email, password: `wrong wrong wrong ${count}`, json: "true" },
      });
    }
    const page = await device.newPage();
    await page.goto("/sign-in");
    await signIn(page, account);
    await expect(trouble(page)).toHaveText(/^Too many tries\. Try again in 1[45] minutes\.$/);
    // Others are not kept out by it.
    await signIn(page, await newAccount(server.url));
    await expect(composer(page)).toBeFocused();
    await device.close();
    await server.remove();
  });

  test("to register from one address are refused with the time to wait", async ({ browser, emulator }) => {
    const server = await startServer({ ...withModel(emulator.url), LEEWARD_REGISTRATIONS_AN_HOUR: "2" });
    const device = await anotherDevice(browser, server.url);
    const page = await device.newPage();
    await page.goto("/register");
    // From the browser, which may come from another address of this computer than we do.
    for (const email of [newEmail(), newEmail()]) {
      const data = JSON.stringify({ name: "Ada", email, password: GOOD_PASSWORD });
      expect(await page.evaluate(register, data)).toBe(201);
    }
    await page.getByRole("textbox", { name: "Name" }).fill("Cleo Berg");
    await email(page).fill(newEmail());
    await password(page).fill(GOOD_PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(trouble(page)).toHaveText(/^Too many tries\. Try again in (60|59) minutes\.$/);
    await device.close();
    await server.remove();
  });
});

test.describe("signing out", () => {
  test("threat 24: Back shows nothing afterwards, and the next person finds no draft", async ({
    watched: page,
    person,
    server,
  }) => {
    const threadId = await makeThread(page.request, "My secret plan [[say:is safe]]");
    await open(page, `/t/${threadId}`);
    await expect(answers(page)).toHaveCount(1);
    await page.getByRole("link", { name: "New chat" }).click();
    await composer(page).fill("half a secret thought");
    await chooseInAccountMenu(page, "Sign out");
    await page.getByRole("button", { name: "Delete the drafts and sign out" }).click();
    await expectSignInPage(page);
    for (const _ of [1, 2]) {
      await page.goBack();
      await expectSignInPage(page);
      expect(await page.content()).not.toContain("secret");
    }
    await page.goto(`/t/${threadId}`);
    await expectSignInPage(page);
    expect(await page.content()).not.toContain("secret");

    await page.goto("/sign-in");
    const next = await newAccount(server.url, "Bo Nilsen");
    await signIn(page, next);
    await expect(page.getByRole("button", { name: "Account Bo Nilsen" })).toBeVisible();
    await expect(composer(page)).toHaveValue("");
    await expect(threadLinks(page)).toHaveCount(0);
    expect(await page.content()).not.toContain(person.email);
  });

  test("everywhere ends the other device at its next request, and its prompt is kept on the screen", async ({
    watched: page,
    browser,
    person,
    server,
  }) => {
    const device = await anotherDevice(browser, server.url, person);
    const other = await device.newPage();
    await Promise.all([open(page), open(other)]);
    await chooseInAccountMenu(page, "Sign out everywhere");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect((await device.request.get("/api/threads")).status()).toBe(200);
    await chooseInAccountMenu(page, "Sign out everywhere");
    await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
    await expectSignInPage(page);

    await ask(other, "Am I still here?");
    await expect(other.getByText("You are signed out. Sign in again to go on.")).toBeVisible();
    await expect(other.getByText("Am I still here?")).toBeVisible();
    expect((await device.request.get("/api/threads")).status()).toBe(401);
    await other.goto("/");
    await expectSignInPage(other);
    await signIn(other, person);
    await expect(composer(other)).toBeFocused();
    await device.close();
  });
});

async function register(body: string): Promise<number> {
  const headers = { "content-type": "application/json" };
  return (await fetch("/api/users", { method: "POST", headers, body })).status;
}

function rolesIn(data: string): Record<string, string> {
  const database = new Database(sqliteFile(data), { readonly: true });
  const rows = database.prepare<[], { email: string; role: string }>("SELECT email, role FROM users").all();
  database.close();
  return Object.fromEntries(rows.map((row) => [row.email, row.role]));
}

/** The address that a reply in JSON leads to. */
async function urlIn(reply: { headers(): Record<string, string>; json(): Promise<unknown> }) {
  if (!/json/.test(reply.headers()["content-type"] ?? "")) return undefined;
  return ((await reply.json()) as { url?: string }).url;
}
