import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import { type Account, SESSION_COOKIE } from "../../e2e/support/person.ts";
import { FIRST_WORD, LAST_WORD } from "./asking.ts";
import { instrument, type PageBench, type Wanted } from "./instrument.ts";
import { pause } from "./pause.ts";
import type { World } from "./world.ts";

declare global {
  // What `instrument` puts into the page.
  var bench: PageBench;
}

const PATIENCE_MS = 60_000;
/** Typing has been drawn and nothing else is going on. */
const REST_MS = 150;

/** A page of a browser that has cached nothing, with a person signed in. */
export class BenchPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, devtools: CDPSession) {
    this.#context = context;
    this.page = page;
    this.devtools = devtools;
  }

  /** `wanted` is looked out for from the first byte of the first page. */
  static async open(world: World, person: Account, wanted: Wanted | null = null): Promise<BenchPage> {
    const browser = await world.browser();
    const context = await browser.newContext({
      baseURL: world.server.url,
      viewport: { width: 1280, height: 800 },
      locale: "en-GB",
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const cookie = { name: SESSION_COOKIE, value: person.session, url: world.server.url, httpOnly: true };
    await context.addCookies([cookie]);
    await context.addInitScript(instrument, wanted);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    return new BenchPage(context, page, devtools);
  }

  close = (): Promise<void> => this.#context.close();

  /** The place where a new thread begins, ready to be typed into and at rest for so long. */
  async newThread(restMs: number): Promise<void> {
    await this.page.goto("/", { waitUntil: "load" });
    await this.#field().waitFor();
    await pause(restMs);
  }

  /** Types and clicks Send; resolves at the click. */
  async send(text: string): Promise<void> {
    await this.#field().fill(text);
    await pause(REST_MS);
    await this.page.evaluate(
      (words) => {
        for (const word of words) window.bench.watch(word, 1);
      },
      [FIRST_WORD, LAST_WORD],
    );
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
  }

  /** When the word that is looked out for was painted, in milliseconds since the navigation began. */
  painted(word: string): Promise<number> {
    const late = pause(PATIENCE_MS, { ref: false }).then(() => {
      throw new Error(`${word} was not seen on the page`);
    });
    return Promise.race([this.page.evaluate((wanted) => window.bench.painted(wanted), word), late]);
  }

  /** When the last click was. */
  clicked = (): Promise<number> => this.page.evaluate(() => window.bench.click);

  /** Seconds that the page's own code has run since its navigation. */
  async scriptSeconds(): Promise<number> {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? Number.NaN;
  }

  #field = () => this.page.getByRole("textbox", { name: "Message", exact: true });
}
