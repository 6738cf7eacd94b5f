import "server-only";
import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { MAX_EDGE } from "@/lib/images/tokens";
import { startApart } from "@/lib/platform/apart";
import { Problem } from "@/lib/platform/problem";
import type { DrawnPage, ReaderAnswer, ReaderLimits, ReaderRequest, Reading } from "./protocol";
import { Unreadable } from "./refusal";

/** Twenty seconds of computing for an answer; half a gigabyte, of which PDFium and Node themselves take a sixth. */
const LIMITS: ReaderLimits = { memoryMb: 512, cpuSeconds: 20 };
/** Megabytes of JavaScript among that. */
const HEAP_MB = 256;
/** In which an answer must be there, however busy the machine is. Milliseconds. */
const PATIENCE_MS = 120_000;

/** Reads a file's text in a process of its own. Throws Unreadable; `too-demanding` when it had to be ended. */
export function readInProcess(bytes: Uint8Array, limits = LIMITS): Promise<Reading> {
  return withReader(bytes, limits, async (child) => {
    const answer = await ask(child, { read: true });
    if (!("reading" in answer)) throw new Error("the reader answered something else");
    return answer.reading;
  });
}

/**
 * Draws pages of a PDF in one process, one after the other. `take` gets each as its pixels, in memory that the next
 * page is written to. Throws Unreadable, what `take` throws, and the signal's reason when it is aborted.
 */
export function drawInProcess(
  bytes: Uint8Array,
  pages: number[],
  take: (drawn: DrawnPage, page: number) => Promise<void>,
  { signal, limits = LIMITS }: { signal?: AbortSignal; limits?: ReaderLimits } = {},
): Promise<void> {
  const draw = async (child: ChildProcess) => {
    let memory = Buffer.alloc(0);
    for (const page of pages) {
      const answer = await ask(child, { draw: page });
      if (!("drawn" in answer)) throw new Error("the reader answered something else");
      const length = lengthOf(answer.drawn);
      if (memory.length < length) memory = Buffer.alloc(length);
      const data = memory.subarray(0, length);
      await pixelsFrom(child, data);
      await take({ ...answer.drawn, data }, page);
      signal?.throwIfAborted();
    }
  };
  return withReader(bytes, limits, draw, signal);
}

async function withReader<T>(
  input: Uint8Array,
  limits: ReaderLimits,
  work: (child: ChildProcess) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const child = startApart("lib/documents/reader/reader-worker.ts", {
    heapMb: HEAP_MB,
    threads: true,
    argument: JSON.stringify(limits),
    input,
    output: true,
  });
  const end = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", end, { once: true });
  try {
    await messageFrom(child);
    return await work(child);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", end);
    end();
  }
}

async function ask(
  child: ChildProcess,
  request: ReaderRequest,
): Promise<Exclude<ReaderAnswer, { refused: unknown }>> {
  child.send(request, () => {});
  const answer = (await messageFrom(child)) as ReaderAnswer;
  if (!("refused" in answer)) return answer;
  throw new Unreadable(answer.refused.reason, answer.refused.details);
}

/** Bytes of a page's pixels. What the reader says is believed no more than the file. */
function lengthOf({ width, height }: Omit<DrawnPage, "data">): number {
  const isEdge = (edge: number) => Number.isInteger(edge) && edge > 0 && edge <= MAX_EDGE;
  if (!isEdge(width) || !isEdge(height)) throw new Unreadable("damaged");
  return width * height * 3;
}

/** Fills `data` from what it writes beside its answer, which is nothing else. */
function pixelsFrom(child: ChildProcess, data: Buffer): Promise<void> {
  const output = child.stdio[4] as Readable;
  return new Promise((resolve, reject) => {
    let at = 0;
    const patience = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    const arrived = (chunk: Buffer) => {
      at += chunk.copy(data, at);
      if (at === data.length) settle(resolve);
    };
    const closed = () => settle(() => reject(causeOfEnd(child)));
    const settle = (then: () => void) => {
      clearTimeout(patience);
      output.pause().off("data", arrived).off("close", closed);
      then();
    };
    output.on("data", arrived).on("close", closed).resume();
    if (output.closed) closed();
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
