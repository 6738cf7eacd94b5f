import { UpstreamFailure } from "./failure";

/** Limits of one upstream call, in milliseconds and bytes. */
export interface CallLimits {
  firstEventMs: number;
  /** Between events that say something: keep-alive comments do not count. */
  silenceMs: number;
  totalMs: number;
  totalBytes: number;
}

/** A timer that is set for longer goes off at once. Seconds. */
const LONGEST_TIMER = 2 ** 31 / 1000 - 1;

/** As the environment sets them; what makes no sense is as if unset. */
export function callLimits(env: NodeJS.ProcessEnv = process.env): CallLimits {
  const given = (value: string | undefined, otherwise: number) =>
    Number(value) > 0 ? Number(value) : otherwise;
  const seconds = (value: string | undefined, otherwise: number) =>
    Math.min(LONGEST_TIMER, given(value, otherwise)) * 1000;
  return {
    firstEventMs: seconds(env.LEEWARD_FIRST_TOKEN_SECONDS, 120),
    silenceMs: seconds(env.LEEWARD_SILENCE_SECONDS, 60),
    totalMs: seconds(env.LEEWARD_LONGEST_SECONDS, 900),
    totalBytes: given(env.LEEWARD_LARGEST_ANSWER_MB, 16) * 1024 * 1024,
  };
}

/** Ends a call that has become too slow, too silent or too long, by calling `expire` once with the reason. */
export class Watchdog {
  readonly #limits: CallLimits;
  readonly #expire: (failure: UpstreamFailure) => void;
  readonly #total: NodeJS.Timeout;
  #silence: NodeJS.Timeout;
  #bytes = 0;
  #heard = false;

  constructor(limits: CallLimits, expire: (failure: UpstreamFailure) => void) {
    this.#limits = limits;
    this.#expire = expire;
    this.#total = setTimeout(() => expire(new UpstreamFailure({ code: "too-long" })), limits.totalMs);
    this.#silence = setTimeout(
      () => expire(new UpstreamFailure({ code: "no-first-token" })),
      limits.firstEventMs,
    );
  }

  /** Something that counts has arrived. */
  heard(): void {
    if (this.#heard) {
      this.#silence.refresh();
      return;
    }
    this.#heard = true;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(
      () => this.#expire(new UpstreamFailure({ code: "silent" })),
      this.#limits.silenceMs,
    );
  }

  counted(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.totalBytes) this.#expire(new UpstreamFailure({ code: "too-long" }));
  }

  close(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#silence);
  }
}
