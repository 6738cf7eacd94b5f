import "server-only";
import { isFull } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";
import { Problem } from "@/lib/platform/problem";

export const PRIVATE = { "cache-control": "private, no-store" };

/** The one form in which a request is refused; `body` is JSON. What is our own fault is logged, with its cause. */
export function refusalOf(
  error: unknown,
  path: string,
): { status: number; headers: Record<string, string>; body: string } {
  const { status, code, details, cause } =
    error instanceof Problem ? error : new Problem(isFull(error) ? "storage-full" : "internal", {}, error);
  if (status >= 500) log.error({ path, code, cause }, "request failed");
  const { retryAfter } = details;
  return {
    status,
    headers: { ...PRIVATE, ...(typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {}) },
    body: JSON.stringify({ error: { code, ...details } }),
  };
}
