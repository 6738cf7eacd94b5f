import { createHash } from "node:crypto";

/** How a column of PostgreSQL is called by information_schema. */
export type ColumnType = string;

/**
 * A value as SQLite has it, in the one form in which it is written to PostgreSQL and compared afterwards: times as ISO
 * 8601 in UTC, JSON with its keys in order, truth as truth. NUL is left out: PostgreSQL has none in a text.
 */
export function canonical(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  if (type === "boolean") return Boolean(value);
  if (type.startsWith("timestamp")) return timeOf(value).toISOString();
  if (type === "jsonb") return JSON.stringify(inOrder(typeof value === "string" ? JSON.parse(value) : value));
  if (typeof value === "string") return withoutNul(value);
  return value;
}

/** One row's fingerprint, hexadecimal. */
export const digestOf = (values: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(values)).digest("hex");

/** Milliseconds, or text; that of SQLite's own clock names no zone and means UTC. */
function timeOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (typeof value !== "string") return new Date(Number(value));
  return new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value.replace(" ", "T")}Z`);
}

function inOrder(value: unknown): unknown {
  if (typeof value === "string") return withoutNul(value);
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [withoutNul(key), inOrder(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const withoutNul = (text: string) => text.replaceAll("\0", "");
