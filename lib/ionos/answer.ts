import "server-only";
import { UpstreamFailure } from "./failure";
import { LineFull, limiter } from "./limiter";
import type { Post } from "./post";
import { type AnswerRequest, postOf } from "./request";
import { streamed } from "./stream";
import { callLimits } from "./watchdog";
import type { TokenCount } from "./wire";

export type AnswerEvent =
  | { type: "text"; text: string }
  /**
   * In line for so many seconds, an estimate; 0: the wait is over. Without a place the provider asked for it, and
   * another try follows.
   */
  | { type: "waiting"; seconds: number; place?: number }
  /** `usage` null when the provider sent none; `cut` when the longest answer was reached. */
  | { type: "finish"; usage: TokenCount | null; cut: boolean };

/** A provider that asks for a longer wait is an error for the person to read, not something to sit through. */
const LONGEST_WAIT_SECONDS = 20;
const MOST_TRIES = 3;

/**
 * Streams one answer of the model: hands each event to `take` as it comes and resolves after the last, `finish`. Tried
 * at most three times in all, and never again once a token has come. Rejects with an UpstreamFailure, or the
 * signal's reason when aborted; the upstream's connection is closed then, and what came before was handed on.
 */
export async function streamAnswer(
  request: AnswerRequest,
  take: (event: AnswerEvent) => void,
): Promise<void> {
  const post = await postOf(request);
  for (let attempt = 1; ; attempt++) {
    let begun = false;
    const taking = (event: AnswerEvent) => {
      begun = true;
      take(event);
    };
    try {
      await inLine(request, take);
      return await tryOnce(post, request.signal, taking);
    } catch (error) {
      const { retryAfter: asked = 0 } = error instanceof UpstreamFailure ? error.failure : {};
      // The limit is the contract's: whoever else calls now would be refused, too.
      if (asked > 0 && asked <= LONGEST_WAIT_SECONDS) await limiter().pause(asked);
      const seconds = begun || attempt === MOST_TRIES ? null : waitBefore(error, attempt);
      if (seconds === null || request.signal.aborted) throw error;
      if (asked > 0) take({ type: "waiting", seconds: asked });
      await pause(seconds * 1000, request.signal);
    }
  }
}

/** Waits for this person's turn among all who call the model now. */
async function inLine(request: AnswerRequest, take: (event: AnswerEvent) => void): Promise<void> {
  const { personId, kind, signal } = request;
  let told = false;
  const onPlace = ({ place, seconds }: { place: number; seconds: number }) => {
    told = true;
    take({ type: "waiting", seconds, place });
  };
  try {
    await limiter().turn({ personId, kind, signal, onPlace });
  } catch (error) {
    throw error instanceof LineFull ? new UpstreamFailure({ code: "line-full" }, error) : error;
  }
  if (told) take({ type: "waiting", seconds: 0 });
}

async function tryOnce(post: Post, signal: AbortSignal, take: (event: AnswerEvent) => void): Promise<void> {
  let usage: TokenCount | null = null;
  let cut = false;
  await streamed(post, callLimits(), signal, (event) => {
    if (event.type === "text") take(event);
    else if (event.type === "usage") ({ usage } = event);
    else if (event.type === "finish") cut = event.reason === "length";
  });
  take({ type: "finish", usage, cut });
}

/** Seconds before another try, with jitter so that many do not come back at once; null when there is no use. */
function waitBefore(error: unknown, attempt: number): number | null {
  if (!(error instanceof UpstreamFailure) || !error.passing) return null;
  const asked = error.failure.retryAfter;
  if (asked !== undefined && asked > LONGEST_WAIT_SECONDS) return null;
  return (asked ?? 0.4 * 2 ** attempt) + Math.random() * 0.3;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
