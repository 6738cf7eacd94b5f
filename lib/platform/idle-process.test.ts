import { afterEach, describe, expect, test, vi } from "vitest";
import { IdleProcess } from "./idle-process";

const PROGRAM = "lib/platform/testing/scripted-worker.ts";
const LIMITS = { heapMb: 64, patienceMs: 20_000, idleMs: 20_000 };
/** What the program understands: see there. */
type Wanted = { say: unknown } | { run: string };

const aProcess = () => new IdleProcess<Wanted, unknown>(PROGRAM, LIMITS);
const processId = { run: "process.pid" };

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});
/** Only what the process is timed by. */
const stopClocks = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
const isGone = (id: number) =>
  vi.waitFor(() => expect(() => process.kill(id, 0)).toThrow("ESRCH"), { timeout: 20_000 });

describe("a process that is started at need", () => {
  test("answers questions in their order, all of them the same process", async () => {
    const it = aProcess();
    const heard: unknown[] = [];
    await Promise.all([1, 2, 3].map((say) => it.ask({ say }).then((answer) => heard.push(answer))));
    expect(heard).toEqual([1, 2, 3]);
    expect(await it.ask(processId)).toBe(await it.ask(processId));
    expect(await it.ask(processId)).not.toBe(process.pid);
  });

  test("knows no secret, and may neither read what is kept, nor write, nor start anything", async () => {
    const it = aProcess();
    vi.stubEnv("NEXTAUTH_SECRET", "hidden");
    expect(await it.ask({ run: "JSON.stringify(process.env)" })).not.toContain("hidden");
    for (const forbidden of [
      "fs.readFileSync('/etc/passwd', 'utf8')",
      "fs.writeFileSync('lib/x', '')",
      "childProcess.execSync('true')",
    ]) {
      expect(await it.ask({ run: forbidden }), forbidden).toBe("ERR_ACCESS_DENIED");
    }
  });

  test("that dies or grows too large costs only the question that it was at", async () => {
    const it = aProcess();
    for (const fatal of ["process.exit(1)", "const all = []; for (;;) all.push(new Array(1e5).fill(1.5))"]) {
      const lost = it.ask({ run: fatal });
      const next = it.ask({ say: "next" });
      await expect(lost).rejects.toThrow();
      expect(await next).toBe("next");
    }
  });

  test("that takes too long is ended, and the next question is answered by another", async () => {
    stopClocks();
    const it = aProcess();
    const first = await it.ask(processId);
    const lost = expect(it.ask({ run: "for (;;);" })).rejects.toThrow("too long");
    vi.advanceTimersByTime(LIMITS.patienceMs);
    await lost;
    expect(await it.ask(processId)).not.toBe(first);
  });

  test("is gone when nobody has asked for a while", async () => {
    stopClocks();
    const it = aProcess();
    const first = (await it.ask(processId)) as number;
    vi.advanceTimersByTime(LIMITS.idleMs - 1);
    expect(await it.ask(processId)).toBe(first);
    vi.advanceTimersByTime(LIMITS.idleMs);
    vi.useRealTimers();
    await isGone(first);
    expect(await it.ask(processId)).not.toBe(first);
  });

  test("whose program is not there rejects", async () => {
    await expect(new IdleProcess("lib/none.ts", LIMITS).ask(1)).rejects.toThrow();
  });
});
