import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DOCUMENT_CORPUS } from "../../e2e/support/document-corpus.ts";
import { forgetPeak, memoryOf } from "../../e2e/support/memory.ts";
import { type Account, SESSION_COOKIE } from "../../e2e/support/person.ts";
import { photo } from "../../e2e/support/pictures.ts";
import { CORPUS } from "../../e2e/support/upload-corpus.ts";
import { ask, begin, beginDirectly, newThread, scripted } from "../harness/asking.ts";
import { emulatorsEvents, latenessOf, ourEvents } from "../harness/lateness.ts";
import { pause } from "../harness/pause.ts";
import { memoryOfTree } from "../harness/proc.ts";
import type { World } from "../harness/world.ts";
import type { Measure } from "./measure.ts";

const MB = 1024 ** 2;
const ANSWER = { tokens: 100, perSecond: 50 };
/** How often all processes together are looked at. */
const LOOK_MS = 100;
/** After the first picture, the first document and the first answers. */
const REST_MS = 3_000;
const FIRST_ANSWERS = 5;

/** A file of the corpus as it lies on the disk, and what the server must answer. */
interface Prepared {
  what: string;
  file: string;
  path: "images" | "documents";
  name: string;
  status: number | null;
  drawn: number;
}

/**
 * Everything hostile that the tests can make, pictures and documents side by side, while somebody else reads answers:
 * how much the server process grows by, all its processes together, and the longest time between two tokens. The
 * files of the folder in BENCH_FILES are uploaded as pictures too.
 */
export const hostile: Measure = {
  name: "hostile",
  title: "Hostile files",
  run: async (world) => {
    const folder = mkdtempSync(join(tmpdir(), "leeward-bench-files-"));
    try {
      const files = await prepare(folder);
      const [sender, reader] = [await world.person(), await world.person()];
      await warmUp(world, sender, reader);
      const { pid } = world.server;
      const [before, allBefore] = [memoryOf(pid).now, memoryOfTree(pid) / MB];
      forgetPeak(pid);
      const all = watchTree(pid);
      const uploads = Promise.all([
        sendAll(
          world,
          sender,
          files.filter(({ path }) => path === "images"),
        ),
        sendAll(
          world,
          sender,
          files.filter(({ path }) => path === "documents"),
        ),
      ]).then(() => true);
      const [ours, direct] = await Promise.all([
        gapsUntil(uploads, async () => {
          const { events, accepted } = begin(world.server.url, reader, QUESTION, newThread());
          const [late] = await Promise.all([
            events.then((each) => latenessOf(each, ourEvents, ANSWER)),
            accepted,
          ]);
          return late;
        }),
        gapsUntil(uploads, async () =>
          latenessOf(await beginDirectly(world.emulator.url, QUESTION), emulatorsEvents, ANSWER),
        ),
        uploads,
      ]);
      return [
        { budget: "hostileGrowth", values: [memoryOf(pid).peak - before] },
        { budget: "hostileGrowthAll", values: [all() - allBefore] },
        { budget: "hostileGap", values: [Math.max(...ours)], direct: [Math.max(...direct)] },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const QUESTION = scripted(ANSWER.tokens, ANSWER.perSecond);

/** Made beforehand: whoever measures times must have nothing else to do. */
async function prepare(folder: string): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  const keep = (
    path: Prepared["path"],
    what: string,
    name: string,
    bytes: Uint8Array,
    rest: Partial<Prepared>,
  ) => {
    const file = join(folder, String(prepared.length));
    writeFileSync(file, bytes);
    prepared.push({ what, file, path, name, status: null, drawn: 0, ...rest });
  };
  for (const [what, make] of Object.entries(CORPUS)) {
    const { name, buffer, status } = await make();
    keep("images", what, name, buffer, { status });
  }
  for (const [what, make] of Object.entries(DOCUMENT_CORPUS)) {
    const { name, buffer, status, drawn = 0 } = await make();
    keep("documents", what, name, buffer, { status, drawn });
  }
  const more = process.env.BENCH_FILES;
  for (const name of more ? readdirSync(more) : [])
    keep("images", name, name, readFileSync(join(more ?? "", name)), {});
  return prepared;
}

/** Growth is counted from a server in use. */
async function warmUp(world: World, sender: Account, reader: Account): Promise<void> {
  const { name, buffer } = await photo("warm.jpg", 4000, 3000);
  await post(world, sender, "images", name, buffer);
  await post(world, sender, "documents", "warm.txt", Buffer.from("Warm."));
  for (let answer = 0; answer < FIRST_ANSWERS; answer++) {
    await ask(world.server.url, reader, scripted(ANSWER.tokens, 0), newThread());
  }
  await pause(REST_MS);
}

async function sendAll(world: World, sender: Account, files: Prepared[]): Promise<void> {
  for (const { what, file, path, name, status, drawn } of files) {
    const response = await post(world, sender, path, name, readFileSync(file));
    const body = await response.text();
    if (status !== null && response.status !== status) {
      throw new Error(`${what}: answered ${response.status}, not ${status}: ${body}`);
    }
    if (drawn > 0) await draw(world, sender, JSON.parse(body).id, drawn);
  }
}

const post = (
  world: World,
  sender: Account,
  path: string,
  name: string,
  body: Uint8Array,
): Promise<Response> =>
  fetch(`${world.server.url}/api/${path}`, {
    method: "POST",
    headers: { cookie: cookieOf(sender), "x-file-name": encodeURIComponent(name) },
    body: new Uint8Array(body),
  });

async function draw(world: World, sender: Account, id: string, pages: number): Promise<void> {
  const response = await fetch(`${world.server.url}/api/documents/${id}/page-images`, {
    method: "POST",
    headers: { cookie: cookieOf(sender), "content-type": "application/json" },
    body: JSON.stringify({ firstPage: 1, lastPage: pages }),
  });
  const body = await response.text();
  if (!response.ok || body.includes('"error"')) throw new Error(`pages were not drawn: ${body}`);
}

const cookieOf = ({ session }: Account) => `${SESSION_COOKIE}=${session}`;

/** Asks again and again until it is over; milliseconds between each two tokens. */
async function gapsUntil(over: Promise<boolean>, latenesses: () => Promise<number[]>): Promise<number[]> {
  const gaps: number[] = [];
  const due = 1000 / ANSWER.perSecond;
  while (!(await Promise.race([over, pause(0).then(() => false)]))) {
    const late = await latenesses();
    gaps.push(...late.slice(1).map((delay, index) => delay - (late[index] ?? 0) + due));
  }
  return gaps;
}

/** Looks at a process and its descendants from now on; the returned function tells the most they had, in MB. */
function watchTree(pid: number): () => number {
  let most = 0;
  const look = () => {
    most = Math.max(most, memoryOfTree(pid) / MB);
  };
  const watch = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(watch);
    look();
    return most;
  };
}
