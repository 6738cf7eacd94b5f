import { build } from "../scripts/bootstrap/build.mjs";
import { root } from "../scripts/bootstrap/index.mjs";
import { step } from "../scripts/bootstrap/progress.mjs";
import { main, Trouble } from "../scripts/bootstrap/trouble.mjs";
import { watchNoise } from "./harness/noise.ts";
import { openWorld } from "./harness/world.ts";
import { MEASURES } from "./measures/index.ts";
import type { Measure } from "./measures/measure.ts";
import { type Row, table } from "./table.ts";

// npm run bench: measures the production build against its budgets and prints a table. It judges nothing: a
// budget that is not met is for a person to read. `npm run bench -- stream load` takes those measures alone.

await main(async () => {
  if (process.platform !== "linux") throw new Trouble("The measures read /proc, which only Linux has.");
  const chosen = choose(process.argv.slice(2));
  await build(root);
  const rows = await take(chosen);
  console.log(`\n${table(rows)}\n`);
  console.log("ours: the median of the runs; peers: best and worst of five (docs/benchmarks.md).");
  console.log("Read nothing into numbers that were taken while other programs used much of a core.");
});

function choose(names: string[]): Measure[] {
  const unknown = names.find((name) => !MEASURES.some((measure) => measure.name === name));
  if (unknown) {
    const known = MEASURES.map(({ name }) => name).join(", ");
    throw new Trouble(`There is no measure "${unknown}". The measures: ${known}.`);
  }
  return names.length ? MEASURES.filter(({ name }) => names.includes(name)) : MEASURES;
}

async function take(measures: Measure[]): Promise<Row[]> {
  const world = await openWorld();
  try {
    const rows: Row[] = [];
    for (const measure of measures) {
      const noise = watchNoise();
      try {
        const results = await step(measure.title, () => measure.run(world));
        const heard = noise();
        rows.push(...results.map((result) => ({ result, noise: heard })));
      } catch (error) {
        console.error(`${measure.title} could not be measured:`, error);
        process.exitCode = 1;
      }
    }
    return rows;
  } finally {
    await world.end();
  }
}
