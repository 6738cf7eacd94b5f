import { afterAll, beforeAll } from "vitest";
import { startForTest } from "@/lib/ionos/emulator/testing";

/** The emulator as the connected model, for a test file's length. */
export function withModel() {
  let emulator: Awaited<ReturnType<typeof startForTest>>;
  beforeAll(async () => {
    emulator = await startForTest();
    process.env.IONOS_BASE_URL = `${emulator.url}/v1`;
    // Many calls in a short time, and nothing that has to do with the limit.
    process.env.LEEWARD_CALLS_PER_SECOND = "1000";
    process.env.LEEWARD_CALLS_AT_ONCE = "1000";
    process.env.LEEWARD_CALLS_PER_MINUTE = "60000";
  });
  afterAll(() => emulator.close());
  return { stats: () => emulator.stats(), url: () => `${emulator.url}/v1` };
}
