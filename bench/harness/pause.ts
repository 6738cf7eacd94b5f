import { setTimeout as sleep } from "node:timers/promises";

/** Waits; what is measured needs a page or a server at rest. With `ref` false it keeps no process alive. */
export const pause = (ms: number, options: { ref?: boolean } = {}): Promise<void> =>
  sleep(ms, undefined, options);
