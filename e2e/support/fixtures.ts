import { test as base, type Page } from "@playwright/test";
import { startEmulator } from "../../lib/ionos/emulator/server";
import type { RequestRecord } from "../../lib/ionos/emulator/stats";
import { type Account, newAccount, SESSION_COOKIE } from "./person";
import { type Server, startServer } from "./server";

export { expect } from "@playwright/test";

export interface Emulator {
  url: string;
  /** Calls that are being answered now, and those seen so far, newest last. */
  stats(): Promise<{ active: number; seen: number; last: RequestRecord[] }>;
  /** Ends the pace of what is being answered now: the rest comes at once. */
  hurry(): Promise<void>;
}

interface WorkerFixtures {
  emulator: Emulator;
  /** A production server with the emulator as its connected model, for all tests of a worker. */
  server: Server;
}

interface TestFixtures {
  /** What a test leaves being written comes to its end, before the next one counts calls. */
  ending: undefined;
  /** Somebody new, signed in on `page`. */
  person: Account;
  /** Fails the test when the page logs an error, breaks its content security policy or calls another host. */
  watched: Page;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  emulator: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const emulator = await startEmulator({
        faults: true,
        tokens: "fast",
        tokensPerSecond: 200,
        firstTokenMs: 20,
      });
      await use({
        url: emulator.url,
        stats: async () => (await fetch(`${emulator.url}/stats`)).json(),
        hurry: async () => void (await fetch(`${emulator.url}/hurry`, { method: "POST" })),
      });
      await emulator.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ emulator }, use) => {
      const server = await startServer(withModel(emulator.url));
      await use(server);
      await server.remove();
      // lib/platform/mishaps.ts: the server lives on, but there is no excuse for one.
      base.expect(server.said()).not.toMatch(/nobody (caught|waited for)/);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  ending: [
    async ({ emulator }, use) => {
      await use(undefined);
      await emulator.hurry();
    },
    { auto: true },
  ],
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
  person: async ({ server, context }, use) => {
    const account = await newAccount(server.url);
    await context.addCookies([
      { name: SESSION_COOKIE, value: account.session, url: server.url, httpOnly: true },
    ]);
    await use(account);
  },
  watched: async ({ page, server }, use) => {
    const wrong: string[] = [];
    page.on("console", (message) => {
      // The frame that draws diagrams refuses handlers in their labels by its own policy: that is what it is for.
      const refused =
        /\/diagrams\//.test(message.location().url) && /inline event handler/.test(message.text());
      if (message.type() === "error" && !refused)
        wrong.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => wrong.push(`page: ${error.message}`));
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^https?:$/.test(protocol) && origin !== server.url)
        wrong.push(`foreign request: ${request.url()}`);
    });
    await use(page);
    base.expect(wrong).toEqual([]);
  },
});

/** Settings that make the emulator the connected model, and tests quick. */
export const withModel = (url: string): Record<string, string> => ({
  IONOS_BASE_URL: `${url}/v1`,
  IONOS_API_TOKEN: "a-token-for-tests",
  LEEWARD_REGISTRATIONS_AN_HOUR: "10000",
  LEEWARD_CALLS_PER_SECOND: "1000",
  LEEWARD_CALLS_AT_ONCE: "1000",
  LEEWARD_CALLS_PER_MINUTE: "60000",
  LEEWARD_SILENCE_SECONDS: "3",
  LEEWARD_FIRST_TOKEN_SECONDS: "5",
  LEEWARD_LARGEST_ANSWER_MB: "8",
});
