import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import type { World } from "../harness/world.ts";
import type { Measure } from "./measure.ts";

/** `count` times what is made of each number, on lines of their own. */
const lines = (count: number, line: (index: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, index) => line(index)).join(between);

/** What models write at their worst. */
const TEXTS: [name: string, text: string][] = [
  [
    "a table of 300 rows",
    `| a | b |\n|---|---|\n${lines(300, (row) => `| row ${row} | **${row * 3}** \`x\` |`)}`,
  ],
  ["100 blocks of code", lines(100, (block) => `\`\`\`ts\nconst a${block} = "b"; // c\n\`\`\``, "\n\n")],
  ["one line of 20,000 characters", "Words with **bold** and `code` that go on. ".repeat(470)],
  ["a word of 10,000 letters", "x".repeat(10_000)],
  ["lists twelve deep", lines(200, (item) => `${"  ".repeat(item % 12)}- point ${item} in **bold**`)],
  ["600 lines of code", `\`\`\`python\n${lines(600, (line) => `def f${line}(x): return x  # c`)}\n\`\`\``],
];

/** The longest task of the page while each of them is written at 1,000 tokens a second. */
export const extreme: Measure = {
  name: "extreme",
  title: "Extreme answers",
  run: async (world) => {
    const values: number[] = [];
    for (const [name, text] of TEXTS) {
      const longest = await longestTask(world, text);
      console.log(`  ${name}: ${Math.round(longest)} ms`);
      values.push(longest);
    }
    return [{ budget: "longestTask", values }];
  },
};

/** Milliseconds; 0 when none took 50. */
async function longestTask(world: World, text: string): Promise<number> {
  const page = await BenchPage.open(world, await world.person());
  await page.newThread(2_500);
  await page.send(`[[say:${text}]]`);
  // What typing so much into the field costs is not the answer's.
  await page.page.evaluate(() => {
    window.bench.longTasks.length = 0;
  });
  // By plain selectors: to look for a role in so large a page is a long task by itself, and none of the page's.
  await page.page.locator("article").nth(1).waitFor();
  await page.page.locator('button[aria-label="Send"]').waitFor();
  await pause(2_000);
  const tasks = await page.page.evaluate(() => window.bench.longTasks);
  await page.close();
  return Math.max(0, ...tasks);
}
