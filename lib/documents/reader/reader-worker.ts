import { Worker } from "node:worker_threads";
import { openPdf, type PdfFile } from "./pdf.ts";
import type { ReaderAnswer, ReaderLimits, ReaderRequest } from "./protocol.ts";
import { readFile } from "./read-file.ts";
import { Unreadable } from "./refusal.ts";

// A process of its own: it reads what strangers made, has neither secrets nor rights, and is ended when it takes
// too much. Started by process.ts with its limits as the one argument.

const limits = JSON.parse(process.argv[2] ?? "") as ReaderLimits;
const watchdog = new Worker(new URL("./watchdog-worker.ts", import.meta.url), { workerData: limits });

let pdf: PdfFile | undefined;

process.on("message", async (request: ReaderRequest) => {
  const answer = await answerTo(request).catch(refusalOf);
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());
// Nothing is read before somebody watches.
watchdog.once("message", () => process.send?.({ ready: true }));

async function answerTo(request: ReaderRequest): Promise<ReaderAnswer> {
  if ("file" in request) return { reading: await readFile(request.file) };
  if ("open" in request) {
    pdf = await openPdf(request.open);
    return { opened: true };
  }
  if (!pdf) throw new Error("no file is open");
  return { drawn: pdf.draw(request.draw) };
}

/** Whatever else goes wrong inside a file's reading is the file's fault. */
function refusalOf(error: unknown): ReaderAnswer {
  const { reason, details } = error instanceof Unreadable ? error : new Unreadable("damaged");
  return { refused: { reason, details } };
}
