import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "../bootstrap/build.mjs";
import { root } from "../bootstrap/index.mjs";
import { main, Trouble } from "../bootstrap/trouble.mjs";
import { check, checkModel, writtenOf } from "./checks.ts";
import { converse, type Turn } from "./conversation.ts";
import { Disturbances, MODEL_AWAY } from "./disturbances.ts";
import { type Random, random } from "./random.ts";
import { World } from "./world.ts";

// npm run chaos: people talk with the real server over HTTP while its parts are killed, paused and restarted at
// random; then it is checked from outside that every acknowledged message is there, every answer ended in a true
// state, nothing is there twice and no call of the model was leaked.
//   npm run chaos -- --rounds 200 --seed 7
//   npm run chaos -- --rounds 200 --postgresql postgresql://postgres@127.0.0.1:5432/postgres   (and redis-server)

/** Rounds after which everything comes to rest and is looked at. */
const BATCH = 10;
const QUESTIONS_A_ROUND = 5;

await main(async () => {
  const { rounds, seed, postgresql } = settings();
  await build(root);
  console.log(
    `Chaos: ${rounds} rounds with seed ${seed} on ${postgresql ? "PostgreSQL and Redis" : "SQLite"}.`,
  );
  const complaints: string[] = [];
  const world = await World.open(postgresql);
  try {
    await play(world, random(seed), rounds, complaints);
    for (const { crashes } of world.servers)
      for (const crash of crashes) complaints.push(`A server ended by itself: ${crash}`);
  } finally {
    await world.close();
  }
  for (const complaint of complaints) console.log(complaint);
  console.log(complaints.length ? `${complaints.length} complaints; the seed was ${seed}.` : "Clean.");
  process.exitCode = complaints.length ? 1 : 0;
});

function settings(): { rounds: number; seed: number; postgresql: string | null } {
  const options = {
    rounds: { type: "string" },
    seed: { type: "string" },
    postgresql: { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  const [rounds, seed] = [Number(values.rounds ?? 20), Number(values.seed ?? Date.now() % 1_000_000)];
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed))
    throw new Trouble("--rounds and --seed are whole numbers.");
  return { rounds, seed, postgresql: values.postgresql ?? null };
}

async function play(world: World, chance: Random, rounds: number, complaints: string[]): Promise<void> {
  const all: Turn[] = [];
  for (let done = 0; done < rounds; done += BATCH) {
    const turns: Turn[] = [];
    const complain = (what: string, turn: Turn) =>
      complaints.push(
        `Rounds ${done + 1} to ${done + BATCH}: ${what} (thread ${turn.threadId}, answer ${turn.answerId})`,
      );
    await fetch(`http://127.0.0.1:${world.modelPort}/reset`, { method: "POST" });
    const count = Math.min(BATCH, rounds - done);
    const disturbances = await batch(world, chance, count, turns, complain);
    await check(world, turns, complain);
    const last = turns.at(-1);
    const broken = disturbances.names.has(MODEL_AWAY);
    if (last) await checkModel(world, await writtenOf(world, turns), broken, complain, last);
    all.push(...turns);
    report(done + count, turns, disturbances, complaints);
  }
  // What was clean once stays so, whatever was killed since.
  await check(world, all, (what, turn) => complaints.push(`At the end: ${what} (thread ${turn.threadId})`));
}

async function batch(
  world: World,
  chance: Random,
  rounds: number,
  turns: Turn[],
  complain: (what: string, turn: Turn) => void,
): Promise<Disturbances> {
  const disturbances = new Disturbances(world);
  const talks: Promise<void>[] = [];
  for (let round = 0; round < rounds; round++) {
    disturbances.begin(chance);
    for (let i = 0; i < QUESTIONS_A_ROUND; i++) talks.push(converse(world, chance.fork(), turns, complain));
    await pause(chance.between(200, 1_500));
  }
  await disturbances.over();
  await Promise.all(talks);
  return disturbances;
}

function report(rounds: number, turns: Turn[], { names }: Disturbances, complaints: string[]): void {
  const count = (outcome: Turn["outcome"]) => turns.filter((turn) => turn.outcome === outcome).length;
  console.log(
    `${rounds} rounds: ${count("acknowledged")} acknowledged, ${count("refused")} refused, ${count("unknown")} unheard; ${complaints.length} complaints. ${[...names].join(", ")}`,
  );
}
