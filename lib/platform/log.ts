import pino from "pino";

/** How much is kept for a log that cannot be written, until its disk has room again. Bytes; what is more is lost. */
const MOST_UNWRITTEN = 1_000_000;

/**
 * Structured log on standard output. Ids, codes and numbers only: never a message's text, a title, a file
 * name, a token or a cookie. Errors are cut to their name and first line, because a vendor's error may quote
 * the request it failed on.
 */
export const log = pino(
  {
    level: process.env.LEEWARD_LOG || (process.env.NODE_ENV === "test" ? "silent" : "info"),
    base: null,
    serializers: { cause: briefError, err: briefError },
  },
  output(),
);

/** Standard output. That it cannot be written is nothing to end the process for, and nothing that could be logged. */
function output(): ReturnType<typeof pino.destination> {
  const destination = pino.destination({ dest: 1, sync: true, maxLength: MOST_UNWRITTEN });
  destination.on("error", () => {});
  return destination;
}

function briefError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error;
  const at = error.stack
    ?.split("\n")
    .find((line) => line.trim().startsWith("at "))
    ?.trim();
  return { name: error.name, code: (error as { code?: unknown }).code, at };
}
