import { ask, newThread, scripted } from "../harness/asking.ts";
import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import type { Measure } from "./measure.ts";

const RUNS = 2;
/** What a page fetches this long after it has loaded still counts. */
const AFTER_LOAD_MS = 4_000;

/** Bytes of JavaScript on the wire for a thread in a browser that has nothing in its cache. */
export const firstLoad: Measure = {
  name: "first-load",
  title: "JavaScript on first load",
  run: async (world) => {
    const person = await world.person();
    const place = newThread();
    await ask(world.server.url, person, scripted(200, 0), place);
    const values: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const page = await BenchPage.open(world, person);
      values.push(await scriptKilobytes(page, `/t/${place.threadId}`));
      await page.close();
    }
    return [{ budget: "javascript", values }];
  },
};

async function scriptKilobytes({ page, devtools }: BenchPage, path: string): Promise<number> {
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script" || /javascript/.test(response.mimeType)) scripts.add(requestId);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  await page.goto(path, { waitUntil: "load" });
  await pause(AFTER_LOAD_MS);
  return bytes / 1024;
}
