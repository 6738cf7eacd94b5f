import "server-only";
import { IdleProcess } from "@/lib/platform/idle-process";
import { log } from "@/lib/platform/log";

/** Text past this is judged by its beginning, UTF-16 code units. */
const COUNTED_LENGTH = 500_000;
/** How long several texts may be counted; what is left then is estimated roughly. Milliseconds. */
const LONGEST_COUNT_MS = 20_000;

/**
 * Holds the vocabulary, about 240 MB, for a minute. The worst text of half a million characters takes 8 s, loading
 * 0.5 s, on a machine that does nothing else.
 */
const counter = new IdleProcess<string, number>("lib/ionos/estimate-worker.ts", {
  heapMb: 400,
  patienceMs: 30_000,
  idleMs: 60_000,
});

/**
 * Tokens of a text by Mistral's Tekken vocabulary, for calls whose count the provider did not send. Counted in a
 * process apart (decision 7). Falls back on four characters a token, never throws.
 */
export async function estimateTokens(text: string): Promise<number> {
  return (await counted(text)) ?? roughly(text);
}

/**
 * The same of many texts, one after the other. `rough` when some of them could not be counted, or not in time: those
 * are taken to have as many tokens a character as the others.
 */
export async function estimateEach(texts: string[]): Promise<{ tokens: number[]; rough: boolean }> {
  const until = performance.now() + LONGEST_COUNT_MS;
  const tokens: number[] = [];
  for (const text of texts) {
    const count = performance.now() < until ? await counted(text) : null;
    if (count === null) break;
    tokens.push(count);
  }
  const left = texts.slice(tokens.length);
  const characters = lengthOf(texts) - lengthOf(left);
  const share = characters > 0 ? tokens.reduce((sum, count) => sum + count, 0) / characters : 1 / 4;
  return {
    tokens: [...tokens, ...left.map((text) => Math.ceil(text.length * share))],
    rough: left.length > 0,
  };
}

/** Null when it could not be counted. */
async function counted(text: string): Promise<number | null> {
  if (text === "") return 0;
  const beginning = text.slice(0, COUNTED_LENGTH);
  try {
    return Math.round((await counter.ask(beginning)) * (text.length / beginning.length));
  } catch (error) {
    log.warn({ cause: error }, "tokens could not be counted");
    return null;
  }
}

const roughly = (text: string) => Math.ceil(text.length / 4);
const lengthOf = (texts: string[]) => texts.reduce((sum, { length }) => sum + length, 0);
