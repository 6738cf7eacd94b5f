import { type EmulatorOptions, HUB_RATE_LIMIT } from "./options.ts";
import { startEmulator } from "./server.ts";

/*
 * The emulator as a process. Forked (IPC): takes a free port, sends `{ port }` to its parent, and ends when
 * the parent does. From a shell: `PORT=9900 EMULATOR_FAULTS=1 node lib/ionos/emulator/main.ts`.
 */
const { env } = process;
const forked = process.send !== undefined;

const running = await startEmulator({
  // A forked child inherits the application's PORT, which is taken.
  port: forked ? 0 : Number(env.PORT ?? 0),
  token: env.EMULATOR_TOKEN || undefined,
  models: env.IONOS_MODEL ? [env.IONOS_MODEL] : undefined,
  faults: env.EMULATOR_FAULTS === "1",
  tokens: env.EMULATOR_TOKENS === "fast" ? "fast" : "tekken",
  tokensPerSecond: numberIn("EMULATOR_TOKENS_PER_SECOND"),
  firstTokenMs: numberIn("EMULATOR_FIRST_TOKEN_MS"),
  contextTokens: numberIn("EMULATOR_CONTEXT_TOKENS"),
  rateLimit: env.EMULATOR_RATE_LIMIT === "1" ? HUB_RATE_LIMIT : undefined,
} satisfies EmulatorOptions);

if (forked) {
  process.once("disconnect", () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent still needs the answers that are under way.
  process.on("SIGINT", () => {});
  process.send?.({ port: running.port });
} else {
  console.log(`IONOS emulator: ${running.url}/v1`);
}

function numberIn(name: string): number | undefined {
  const value = env[name];
  return value === undefined || value === "" || Number.isNaN(Number(value)) ? undefined : Number(value);
}
