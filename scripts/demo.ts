import { fork } from "node:child_process";
import { extname, join } from "node:path";

/** Before one that could not be started is tried again. Milliseconds. */
const RESTART_MS = 1_000;

/** Plain JavaScript where this is. */
const EMULATOR = join(import.meta.dirname, "../lib/ionos/emulator", `main${extname(import.meta.filename)}`);

/**
 * Starts the emulator that answers in demo mode, as a process of its own that ends with this one, and says its
 * base URL in LEEWARD_DEMO_URL, where each call looks anew: when it dies it is started again, on another port.
 */
export function startDemo(): Promise<void> {
  return new Promise((ready, fail) => {
    // Detached: Ctrl-C in the terminal must not end it before the answers that it writes are saved.
    const child = fork(EMULATOR, [], {
      detached: true,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { PATH: process.env.PATH, NODE_ENV: "production" },
    });
    child.once("message", ({ port }: { port: number }) => {
      process.env.LEEWARD_DEMO_URL = `http://127.0.0.1:${port}/v1`;
      child.unref();
      child.channel?.unref();
      child.once("exit", restart);
      ready();
    });
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`the demo's emulator ended with code ${code}`)));
  });
}

/** A machine that has no room for it at this moment may have some later; until then each question says what is wrong. */
function restart(): void {
  startDemo().catch((error) => {
    console.error(`The demo's emulator could not be started again: ${error.message}`);
    setTimeout(restart, RESTART_MS).unref();
  });
}
