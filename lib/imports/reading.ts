import "server-only";
import { IdleProcess } from "@/lib/platform/idle-process";
import { log } from "@/lib/platform/log";
import type { readElement } from "./read";

type Answer = ReturnType<typeof readElement>;

/**
 * A conversation of 32 MB takes seconds and hundreds of megabytes; one that somebody made for it takes minutes and
 * gigabytes, which must be nobody else's (decision 7). All imports are read here, one element at a time.
 */
const reader = new IdleProcess<string, Answer>("lib/imports/reader-worker.ts", {
  heapMb: 512,
  patienceMs: 30_000,
  idleMs: 10_000,
});

/** What an element of a file is; "too-large" when it cannot be read within those bounds. */
export async function readApart(text: string): Promise<Answer | "too-large"> {
  try {
    return await reader.ask(text);
  } catch (error) {
    log.warn({ cause: error, length: text.length }, "an element of an import could not be read");
    return "too-large";
  }
}
