import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { writePlain } from "@/scripts/bootstrap/plain.mjs";
import { startApart } from "./apart";

const ROOT = process.cwd();
// Beside the build, where its folders above and packages are the same.
const dist = mkdtempSync(join(ROOT, ".next-apart-"));

afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(dist, { recursive: true }));

async function answerOf(file: string, request: string): Promise<unknown> {
  const child = startApart(file, { heapMb: 400 });
  child.send(request, () => {});
  const [answer] = await Promise.race([once(child, "message"), once(child, "exit")]);
  child.kill("SIGKILL");
  return answer;
}

test("a program runs as it is written, and as the build has it, with the packages that it needs", async () => {
  const program = "lib/ionos/estimate-worker.ts";
  expect(await answerOf(program, "Hello")).toBe(1);
  writePlain(ROOT, join(dist, "plain"), [program]);
  vi.stubEnv("LEEWARD_PLAIN", join(dist, "plain"));
  expect(await answerOf(program, "Hello")).toBe(1);
});
