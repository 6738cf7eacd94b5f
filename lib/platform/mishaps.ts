import { log } from "./log.ts";

/**
 * From here on an error that nobody caught, of one connection say, is a line in the log and not the end of the process,
 * and with it of everybody's answers (decision 17). In the place of what Node or Next do then: both print the whole
 * error, which may quote a question.
 */
export function surviveMishaps(): void {
  const caught = (cause: unknown) => log.error({ cause }, "an error that nobody caught");
  const rejected = (cause: unknown) => log.error({ cause }, "a failure that nobody waited for");
  process.removeAllListeners("uncaughtException").on("uncaughtException", caught);
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", rejected);
  // Next looks at these before it sets its own listeners again, with the first request to each of its bundles
  // (next/dist/server/node-environment-extensions/process-error-handlers.js).
  Object.assign(globalThis, {
    nextInitializedProcessErrorHandlers: true,
    [Symbol.for("next.unhandledRejectionListener")]: rejected,
  });
}
