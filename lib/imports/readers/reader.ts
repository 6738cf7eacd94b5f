import * as z from "zod";
import type { ImportedThread } from "../imported";

/** Reads one conversation of one program's export. */
export interface Reader {
  /** Whether this is such a conversation, by its form. */
  recognises(element: unknown): boolean;
  /** Throws a ZodError where it is not what it seemed. */
  read(element: unknown): ImportedThread;
}

/** Messages of one conversation that are looked at: each takes time, what is nonsense the most. */
export const MOST_LOOKED_AT = 100_000;
/** A list of messages, each looked at by itself. */
export const messageList = z.custom<unknown[]>(
  (value) => Array.isArray(value) && value.length <= MOST_LOOKED_AT,
);
/** The same by id. */
export const messageRecord = z.custom<Record<string, unknown>>(
  (value) => isObject(value) && Object.keys(value).length <= MOST_LOOKED_AT,
);

/** Null for what is no time. */
export function timeOf(value: unknown): Date | null {
  // Seconds since 1970, as several programs have it; thousandths are too many to be seconds.
  const date =
    typeof value === "number" ? new Date(value < 1e11 ? value * 1000 : value) : new Date(String(value ?? ""));
  return Number.isNaN(date.getTime()) ? null : date;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The bytes of `data:…;base64,…`; null for anything else. */
export function bytesOfDataUrl(url: unknown): Buffer | null {
  const match = typeof url === "string" ? /^data:[\w.+-]+\/[\w.+-]+;base64,/.exec(url) : null;
  return match ? Buffer.from((url as string).slice(match[0].length), "base64") : null;
}
