import type { Account } from "../../e2e/support/person.ts";
import { ask, askDirectly, type Heard, newThread, scripted } from "../harness/asking.ts";
import { pause } from "../harness/pause.ts";
import { cpuOfTree } from "../harness/proc.ts";
import { percentile } from "../harness/statistics.ts";
import type { World } from "../harness/world.ts";
import type { Measure } from "./measure.ts";

const ROUNDS = 3;
const STREAMS = 50;
const TOKENS = 200;
const PER_SECOND = 50;
/** The titles of new threads are asked for after their answers, and count. */
const TITLES_MS = 1_000;

/** Fifty people who ask at the same moment: what a token costs the server, and how long the first one takes. */
export const load: Measure = {
  name: "load",
  title: "50 streams",
  run: async (world) => {
    const people = await crowd(world, STREAMS);
    const everyone = (tokens: number) => (person: Account) =>
      ask(world.server.url, person, scripted(tokens, PER_SECOND), newThread());
    await Promise.all(people.slice(0, 10).map(everyone(20)));
    await pause(TITLES_MS);
    const direct = await Promise.all(
      people.map(() => askDirectly(world.emulator.url, scripted(TOKENS, PER_SECOND))),
    );
    const cpu: number[] = [];
    const first: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await pause(TITLES_MS);
      const before = cpuOfTree(world.server.pid);
      const heard = await Promise.all(people.map(everyone(TOKENS)));
      await pause(TITLES_MS);
      cpu.push(((cpuOfTree(world.server.pid) - before) * 1000) / (STREAMS * TOKENS));
      first.push(p95(heard));
    }
    return [
      { budget: "cpuPerToken", values: cpu },
      { budget: "firstTokenUnderLoad", values: first, direct: [p95(direct)] },
    ];
  },
};

const p95 = (heard: Heard[]) =>
  percentile(
    heard.map(({ firstMs }) => firstMs),
    0.95,
  );

/** Registered a few at a time: a password takes the server a while, on purpose. */
export async function crowd(world: World, count: number): Promise<Account[]> {
  const people: Account[] = [];
  while (people.length < count) {
    people.push(...(await Promise.all(Array.from({ length: 5 }, () => world.person()))));
  }
  return people;
}
