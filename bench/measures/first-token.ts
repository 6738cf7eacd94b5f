import { ask, askDirectly, newThread, scripted } from "../harness/asking.ts";
import { pause } from "../harness/pause.ts";
import { median } from "../harness/statistics.ts";
import type { Measure } from "./measure.ts";

const RUNS = 30;
const WARM_UP = 3;
const BETWEEN_MS = 100;

/** What the server adds to the model's own first token: the same question asked through it and directly, in turns. */
export const firstToken: Measure = {
  name: "first-token",
  title: "First token over HTTP",
  run: async ({ server, emulator, person }) => {
    const asker = await person();
    const question = scripted(20, 1000);
    const direct: number[] = [];
    const ours: number[] = [];
    for (let run = 0; run < WARM_UP + RUNS; run++) {
      const heardDirectly = await askDirectly(emulator.url, question);
      const heard = await ask(server.url, asker, question, newThread());
      await pause(BETWEEN_MS);
      if (run < WARM_UP) continue;
      direct.push(heardDirectly.firstMs);
      ours.push(heard.firstMs);
    }
    const usual = median(direct);
    return [{ budget: "added", values: ours.map((ms) => ms - usual), direct }];
  },
};
