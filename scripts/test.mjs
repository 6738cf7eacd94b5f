// npm test: everything that has to hold, the same for people and CI. `npm test -- unit lint` runs those steps
// alone. It goes on after a failure, and the last line is the count of all.
import { bootstrap, root } from "./bootstrap/index.mjs";
import { seconds } from "./bootstrap/progress.mjs";
import { main, Trouble } from "./bootstrap/trouble.mjs";

await main(async () => {
  await bootstrap().catch((error) => {
    console.log("0 passed, 1 failed");
    throw error;
  });
  const { steps } = await import("./testing/steps.mjs");
  const chosen = choose(steps, process.argv.slice(2));
  const results = [];
  for (const step of chosen) results.push(await take(step));
  await summarise(chosen, results);
});

function choose(steps, names) {
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown) {
    throw new Trouble(
      `There is no step "${unknown}". The steps: ${steps.map(({ name }) => name).join(", ")}.`,
    );
  }
  return names.length ? steps.filter(({ name }) => names.includes(name)) : steps;
}

async function take(step) {
  const { ofCheck } = await import("./testing/counts.mjs");
  console.log(`\n── ${step.title} (${step.name})`);
  const started = Date.now();
  const counts = await step.run().catch((error) => {
    if (error.output) console.error(`${error.output}\n`);
    console.error(error instanceof Trouble ? error.message : error);
    return ofCheck(1);
  });
  const time = seconds(started);
  console.log(`── ${step.name}: ${counts.failed ? "FAILED" : "ok"} in ${time}`);
  return { counts, time };
}

async function summarise(chosen, results) {
  const { leftOut } = await import("./testing/steps.mjs");
  const { failuresAsText, sentence, sum } = await import("./testing/counts.mjs");
  const total = sum(results.map(({ counts }) => counts));
  const failures = results.flatMap(({ counts }) => counts.failures ?? []);
  if (failures.length > 0) console.log(`\n── What failed\n${failuresAsText(failures).join("\n")}`);
  console.log(`\n── Summary (${root})`);
  for (const [index, { counts, time }] of results.entries()) {
    console.log(`${chosen[index].name.padEnd(12)}${time.padStart(7)}   ${sentence(counts)}`);
  }
  const missing = leftOut(chosen.map(({ name }) => name));
  for (const line of missing) console.log(line);
  if (process.env.LEEWARD_REQUIRE_ALL === "1" && missing.length > 0) {
    console.log("LEEWARD_REQUIRE_ALL is set: what is left out counts as failed.");
    total.failed += missing.length;
  }
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`\n${sentence(total)}`);
}
