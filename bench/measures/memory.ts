import { FIRST_WORD, LAST_WORD, scripted } from "../harness/asking.ts";
import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import { memoryOfTree } from "../harness/proc.ts";
import type { World } from "../harness/world.ts";
import type { Measure } from "./measure.ts";

/** The server has tidied up after its last request. */
const IDLE_MS = 20_000;

/** Resident memory of the server's processes, a while after a fresh start and one conversation in a browser. */
export const memory: Measure = {
  name: "memory",
  title: "Idle memory",
  run: async (world) => {
    await useOnce(world);
    await pause(IDLE_MS);
    return [{ budget: "memory", values: [memoryOfTree(world.server.pid) / 1024 ** 2] }];
  },
};

async function useOnce(world: World): Promise<void> {
  const page = await BenchPage.open(world, await world.person());
  await page.newThread(500);
  await page.send(scripted(200, 100));
  await page.painted(FIRST_WORD);
  await page.painted(LAST_WORD);
  await page.close();
}
