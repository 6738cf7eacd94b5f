import "server-only";
import { type ChildProcess, fork } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "@/lib/platform/problem";
import type { DrawnPage, ReaderAnswer, ReaderLimits, ReaderRequest, Reading } from "./protocol";
import { Unreadable } from "./refusal";

/** Twenty seconds of computing; half a gigabyte, of which PDFium and Node themselves take a sixth. */
const LIMITS: ReaderLimits = { memoryMb: 512, cpuSeconds: 20 };
/** Megabytes of JavaScript among that. */
const HEAP_MB = 256;
/** In which an answer must be there, however busy the machine is. Milliseconds. */
const PATIENCE_MS = 120_000;

/** Reads a file's text in a process of its own. Throws Unreadable; `too-demanding` when it had to be ended. */
export function readInProcess(bytes: Uint8Array, limits = LIMITS): Promise<Reading> {
  return withReader(limits, async (ask) => {
    const answer = await ask({ file: bytes });
    if (!("reading" in answer)) throw new Error("the reader answered something else");
    return answer.reading;
  });
}

/** Draws pages of a PDF in a process of its own, one after the other. Throws Unreadable, and what `take` throws. */
export function drawInProcess(
  bytes: Uint8Array,
  pages: number[],
  take: (drawn: DrawnPage, page: number) => Promise<void>,
  limits = LIMITS,
): Promise<void> {
  return withReader(limits, async (ask) => {
    await ask({ open: bytes });
    for (const page of pages) {
      const answer = await ask({ draw: page });
      if (!("drawn" in answer)) throw new Error("the reader answered something else");
      await take(answer.drawn, page);
    }
  });
}

type Ask = (request: ReaderRequest) => Promise<Exclude<ReaderAnswer, { refused: unknown }>>;

async function withReader<T>(limits: ReaderLimits, work: (ask: Ask) => Promise<T>): Promise<T> {
  const child = start(limits);
  try {
    await messageFrom(child);
    return await work(async (request) => {
      child.send(request, () => {});
      const answer = (await messageFrom(child)) as ReaderAnswer;
      if (!("refused" in answer)) return answer;
      throw new Unreadable(answer.refused.reason, answer.refused.details);
    });
  } finally {
    child.kill("SIGKILL");
  }
}

/** No secret is in its environment; it may read this project's code, and neither write, nor start anything. */
function start(limits: ReaderLimits): ChildProcess {
  // The bundler must neither follow nor pack what is run from here.
  const root = join(/* turbopackIgnore: true */ process.cwd());
  const readable = ["lib", "node_modules"].map((folder) => realpathSync(join(root, folder)));
  const file = join(root, "lib/documents/reader/reader-worker.ts");
  return fork(/* turbopackIgnore: true */ file, [JSON.stringify(limits)], {
    env: { NODE_ENV: process.env.NODE_ENV },
    execArgv: [
      `--max-old-space-size=${HEAP_MB}`,
      "--no-warnings",
      "--permission",
      "--allow-worker",
      ...[...readable, join(root, "package.json")].map((path) => `--allow-fs-read=${path}`),
    ],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** Its next message; rejects when it ended instead, which only its limits or ours do. */
function messageFrom(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    const ended = () => settle(() => reject(causeOfEnd(child)));
    const told = (message: unknown) => settle(() => resolve(message));
    // Also when it was ended between two questions, and can be told nothing any more.
    const broken = (error: Error) => settle(() => reject(causeOfEnd(child, error)));
    const settle = (then: () => void) => {
      clearTimeout(patience);
      child.off("exit", ended).off("message", told).off("error", broken);
      then();
    };
    child.on("exit", ended).on("message", told).on("error", broken);
    if (child.exitCode !== null || child.signalCode) ended();
  });
}

/** Ended by a signal: the watchdog's, ours, or its own when the heap was full. */
function causeOfEnd({ exitCode, signalCode }: ChildProcess, cause?: Error): Error {
  if (signalCode) return new Unreadable("too-demanding");
  return new Problem("internal", {}, new Error(`the document reader ended with ${exitCode}`, { cause }));
}
