import pino from "pino";

/**
 * Structured log on standard output. Ids, codes and numbers only: never a message's text, a title, a file
 * name, a token or a cookie. Errors are cut to their name and first line, because a vendor's error may quote
 * the request it failed on.
 */
export const log = pino({
  level: process.env.LEEWARD_LOG || (process.env.NODE_ENV === "test" ? "silent" : "info"),
  base: null,
  serializers: { cause: briefError, err: briefError },
});

function briefError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error;
  const at = error.stack
    ?.split("\n")
    .find((line) => line.trim().startsWith("at "))
    ?.trim();
  return { name: error.name, code: (error as { code?: unknown }).code, at };
}
