import type { Account } from "../../e2e/support/person.ts";
import { scriptedAnswer } from "../../lib/ionos/emulator/scripted.ts";
import { ask, LAST_WORD, newThread, scripted } from "../harness/asking.ts";
import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import type { World } from "../harness/world.ts";
import type { Measure } from "./measure.ts";

const RUNS = 5;
const WARM_UP = 1;
/** Each is a question and an answer. */
const TURNS = 110;
const TOKENS = 150;
/** Stands in the last question, which dictates its answer, and in that answer. */
const END_OF_THREAD = "ENDOFTHREAD";

/** From the navigation to the moment when the last message of a long thread stands on the screen. */
export const longThread: Measure = {
  name: "long-thread",
  title: "A thread of 220 messages",
  run: async (world) => {
    const person = await world.person();
    const threadId = await writeThread(world, person);
    const values: number[] = [];
    for (let run = 0; run < WARM_UP + RUNS; run++) {
      const page = await BenchPage.open(world, person, { word: END_OF_THREAD, count: 2 });
      await page.page.goto(`/t/${threadId}`, { waitUntil: "commit" });
      const readable = await page.painted(END_OF_THREAD);
      // The rest of the page comes to life; the next one must not compete with it.
      await pause(1_500);
      await page.close();
      if (run >= WARM_UP) values.push(readable);
    }
    return [{ budget: "longThread", values }];
  },
};

async function writeThread({ server }: World, person: Account): Promise<string> {
  let place = newThread();
  for (let turn = 1; turn < TURNS; turn++) {
    place = (await ask(server.url, person, scripted(TOKENS, 0), place)).next;
  }
  const last = scriptedAnswer(TOKENS).join("").replace(LAST_WORD, `${END_OF_THREAD} ${LAST_WORD}`);
  await ask(server.url, person, `[[say:${last}]]`, place);
  return place.threadId;
}
