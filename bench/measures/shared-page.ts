import { request } from "@playwright/test";
import { SESSION_COOKIE } from "../../e2e/support/person.ts";
import { ask, newThread, scripted } from "../harness/asking.ts";
import type { World } from "../harness/world.ts";
import type { Measure } from "./measure.ts";

const RUNS = 3;

/** A shared answer of 2,000 tokens in a browser that has nothing in its cache: its bytes, and when all of it stands. */
export const sharedPage: Measure = {
  name: "shared-page",
  title: "A shared page",
  run: async (world) => {
    const path = await shared(world);
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await visit(world, path));
    return [
      { budget: "sharedScript", values: runs.map(({ script }) => script) },
      { budget: "sharedBytes", values: runs.map(({ bytes }) => bytes) },
      { budget: "sharedPaint", values: runs.map(({ painted }) => painted) },
    ];
  },
};

async function shared(world: World): Promise<string> {
  const person = await world.person();
  const place = newThread();
  await ask(world.server.url, person, scripted(2_000, 0), place);
  const context = await request.newContext({
    baseURL: world.server.url,
    extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${person.session}` },
  });
  const response = await context.post("/api/shares", {
    data: {
      id: crypto.randomUUID(),
      threadId: place.threadId,
      title: "Measured",
      choices: { messages: [1, 2], pictures: [], redactions: [], name: false, dates: false },
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      allowContinue: false,
      titleInPreview: false,
      password: null,
    },
  });
  const { path } = await response.json();
  await context.dispose();
  return path;
}

/** Kilobytes of script in the page and of everything on the wire; milliseconds until the largest and last paint. */
async function visit(world: World, path: string) {
  const browser = await world.browser();
  const context = await browser.newContext({
    baseURL: world.server.url,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  let bytes = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  await page.goto(path, { waitUntil: "networkidle" });
  const { script, painted } = await page.evaluate(async () => {
    const last = await new Promise<number>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
        type: "largest-contentful-paint",
        buffered: true,
      });
    });
    const code = [...document.scripts].reduce((sum, { textContent, src }) => {
      // A script from a file would be the very thing that this page does without.
      if (src) throw new Error(`the page loads ${src}`);
      return sum + new Blob([textContent ?? ""]).size;
    }, 0);
    return { script: code, painted: last };
  });
  await context.close();
  return { script: script / 1024, bytes: bytes / 1024, painted };
}
