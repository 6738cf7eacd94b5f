import { FIRST_WORD, LAST_WORD, scripted } from "../harness/asking.ts";
import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import type { World } from "../harness/world.ts";
import type { Measure } from "./measure.ts";

const RUNS = 3;

/** What a long Markdown answer costs the browser while it streams: 2,000 tokens at 200 a second. */
export const stream: Measure = {
  name: "stream",
  title: "A long answer",
  run: async (world) => {
    await oneAnswer(world, 200);
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await oneAnswer(world, 2000));
    return [
      { budget: "script", values: runs.map(({ seconds }) => seconds) },
      { budget: "longTasks", values: runs.map(({ longTasks }) => longTasks) },
    ];
  },
};

async function oneAnswer(world: World, tokens: number): Promise<{ seconds: number; longTasks: number }> {
  const page = await BenchPage.open(world, await world.person());
  await page.newThread(2_500);
  await page.page.evaluate(() => {
    window.bench.longTasks.length = 0;
  });
  const before = await page.scriptSeconds();
  await page.send(scripted(tokens, 200));
  await page.painted(FIRST_WORD);
  await page.painted(LAST_WORD);
  // What the answer's end sets going belongs to it.
  await pause(1_500);
  const seconds = (await page.scriptSeconds()) - before;
  const longTasks = await page.page.evaluate(() => window.bench.longTasks.length);
  await page.close();
  return { seconds, longTasks };
}
