import { FIRST_WORD, LAST_WORD, scripted } from "../harness/asking.ts";
import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import type { Measure } from "./measure.ts";

const RUNS = 8;
const WARM_UP = 2;
const REST_MS = 700;

/** From the click on Send to the first painted word of a model that answers at once. */
export const click: Measure = {
  name: "click",
  title: "Click to first painted word",
  run: async (world) => {
    const page = await BenchPage.open(world, await world.person());
    const newChat: number[] = [];
    const nextQuestion: number[] = [];
    for (let run = 0; run < WARM_UP + RUNS; run++) {
      await page.newThread(800);
      const first = await clickToPaint(page);
      const next = await clickToPaint(page);
      if (run < WARM_UP) continue;
      newChat.push(first);
      nextQuestion.push(next);
    }
    await page.close();
    return [
      { budget: "newChat", values: newChat },
      { budget: "nextQuestion", values: nextQuestion },
    ];
  },
};

async function clickToPaint(page: BenchPage): Promise<number> {
  await page.send(scripted(20, 1000));
  const painted = await page.painted(FIRST_WORD);
  await page.painted(LAST_WORD);
  await pause(REST_MS);
  return painted - (await page.clicked());
}
