import { begin, beginDirectly, newThread, scripted } from "../harness/asking.ts";
import { emulatorsEvents, latenessOf, ourEvents } from "../harness/lateness.ts";
import { pause } from "../harness/pause.ts";
import { percentile } from "../harness/statistics.ts";
import { crowd } from "./load.ts";
import type { Measure } from "./measure.ts";

const PEOPLE = 50;
/** As many as one person may have running, and half of that. */
const EACH = 4;
const ANSWER = { tokens: 300, perSecond: 50 };
const ROUNDS = 3;
/** The titles of new threads are asked for after their answers. */
const TITLES_MS = 2_000;

/** Two hundred answers at once, each at the hub's pace: how much later a token is read than the model said it. */
export const many: Measure = {
  name: "many",
  title: "200 streams",
  run: async (world) => {
    const people = await crowd(world, PEOPLE);
    const streams = people.flatMap((person) => Array.from({ length: EACH }, () => person));
    const question = scripted(ANSWER.tokens, ANSWER.perSecond);
    const direct = await Promise.all(
      streams.map(async () =>
        latenessOf(await beginDirectly(world.emulator.url, question), emulatorsEvents, ANSWER),
      ),
    );
    const ours: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await pause(TITLES_MS);
      const late = await Promise.all(
        streams.map(async (person) => {
          const { events, accepted } = begin(world.server.url, person, question, newThread());
          const [late] = await Promise.all([
            events.then((each) => latenessOf(each, ourEvents, ANSWER)),
            accepted,
          ]);
          return late;
        }),
      );
      ours.push(percentile(late.flat(), 0.95));
    }
    return [{ budget: "tokenDelay", values: ours, direct: [percentile(direct.flat(), 0.95)] }];
  },
};
