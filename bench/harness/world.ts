import { type Browser, chromium } from "@playwright/test";
import { type Account, newAccount } from "../../e2e/support/person.ts";
import { chromium as chromiumPath } from "../../scripts/testing/chromium.mjs";
import { type Program, startEmulator, startServer } from "./server.ts";

/** What is measured: one server with the emulator as its model, and a browser when one is asked for. */
export interface World {
  server: Program;
  emulator: Program;
  browser(): Promise<Browser>;
  /** Somebody new, signed in. */
  person(): Promise<Account>;
  end(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const emulator = await startEmulator();
  const server = await startServer(emulator.url);
  let browser: Promise<Browser> | undefined;
  return {
    server,
    emulator,
    browser: () => {
      browser ??= launch();
      return browser;
    },
    person: () => newAccount(server.url),
    end: async () => {
      await (await browser)?.close();
      await server.end();
      await emulator.end();
    },
  };
}

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
