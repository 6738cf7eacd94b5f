import { writeSync } from "node:fs";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { openPdf, type PdfFile } from "./pdf.ts";
import type { ReaderAnswer, ReaderLimits, ReaderRequest } from "./protocol.ts";
import { readFile } from "./read-file.ts";
import { Unreadable } from "./refusal.ts";

// A process of its own: it reads what strangers made, has neither secrets nor rights, and is ended when it takes
// too much. Started by process.ts with its limits as the one argument.

/** The descriptor for them. */
const PIXELS = 4;
const NOTHING = new Uint8Array();

const limits = JSON.parse(process.argv[2] ?? "") as ReaderLimits;
const watchdog = new Worker(
  // Plain JavaScript where this is.
  new URL(`./watchdog-worker${extname(import.meta.filename)}`, import.meta.url),
  { workerData: limits },
);

let pdf: Promise<PdfFile> | undefined;

process.on("message", async (request: ReaderRequest) => {
  watchdog.postMessage("another");
  const { data, answer } = await answerTo(request).catch(refusalOf);
  process.send?.(answer);
  for (let at = 0; at < data.length; ) at += writeSync(PIXELS, data, at);
});
process.on("disconnect", () => process.exit());
// Nothing is read before somebody watches.
watchdog.once("message", () => process.send?.({ ready: true }));

interface Answer {
  answer: ReaderAnswer;
  /** Written beside it. */
  data: Uint8Array;
}

async function answerTo(request: ReaderRequest): Promise<Answer> {
  if ("read" in request) return { answer: { reading: await readFile(await input()) }, data: NOTHING };
  pdf ??= openPdf(await input());
  const { data, ...drawn } = (await pdf).draw(request.draw);
  return { answer: { drawn }, data };
}

/** The file. */
async function input(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Whatever else goes wrong inside a file's reading is the file's fault. */
function refusalOf(error: unknown): Answer {
  const { reason, details } = error instanceof Unreadable ? error : new Unreadable("damaged");
  return { answer: { refused: { reason, details } }, data: NOTHING };
}
