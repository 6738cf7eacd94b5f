import type { TextTokens } from "../tekken.ts";

/** What the contract's limiter allows, all users together. */
export type RateLimitOptions = { perSecond: number; burst: number; perMinute: number };

/** The hub's published limit (5 requests a second, burst 10; a second source adds 300 a minute). */
export const HUB_RATE_LIMIT: RateLimitOptions = { perSecond: 5, burst: 10, perMinute: 300 };

export type EmulatorOptions = {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number;
  /** When set, every request needs `Authorization: Bearer <token>`. */
  token?: string;
  /** Model ids it knows. */
  models?: string[];
  /** Lets a request choose faults and scripted answers, and opens GET /stats, POST /reset and /hurry. */
  faults?: boolean;
  /** How text is counted: exactly ("tekken", the default; 0.5 s and 220 MB once) or as characters / 4. */
  tokens?: TextTokens;
  /** Pace of ordinary answers; 0 sends them at once. */
  tokensPerSecond?: number;
  /** Milliseconds before the first token of an ordinary answer. */
  firstTokenMs?: number;
  /** Input and output together. */
  contextTokens?: number;
  /** Images per request; the hub's own limit is unknown, so there is none unless it is set. */
  maxImages?: number;
  /** Largest request body; the hub's own limit is unknown, other gateways cut at 1, 6 or 8 MB. */
  bodyLimitBytes?: number;
  /** Off unless set. */
  rateLimit?: RateLimitOptions;
  /** Which error envelope the model server uses: vLLM from 0.10.1 on, or the one before. */
  envelope?: "vllm" | "vllm-old";
};

export type Settings = Required<Omit<EmulatorOptions, "token" | "maxImages" | "rateLimit">> &
  Pick<EmulatorOptions, "token" | "maxImages" | "rateLimit">;

/** The options with every default filled in. */
export function settingsFrom(options: EmulatorOptions): Settings {
  return {
    ...options,
    port: options.port ?? 0,
    models: options.models ?? ["mistralai/Mistral-Small-24B-Instruct"],
    faults: options.faults ?? false,
    tokens: options.tokens ?? "tekken",
    tokensPerSecond: options.tokensPerSecond ?? 60,
    firstTokenMs: options.firstTokenMs ?? 250,
    contextTokens: options.contextTokens ?? 131_072,
    bodyLimitBytes: options.bodyLimitBytes ?? 8 * 1024 * 1024,
    envelope: options.envelope ?? "vllm",
  };
}
