import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { failuresAsText, ofPlaywright, ofVitest, sentence, sum } from "./counts.mjs";

function report(content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), "leeward-counts-")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = (passed: number, failed: number) => report({ passed, failed, skipped: 2, failures: [] });

test("the counts of suites are the reporters' own", () => {
  expect(ofVitest(vitest(5, 2), 1)).toEqual({ passed: 5, failed: 2, skipped: 2, failures: [] });
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 3 };
  expect(ofPlaywright(report({ stats }), 1)).toEqual({ passed: 7, failed: 2, skipped: 3, failures: [] });
});

test("what failed in a browser is said by its name, with the first lines of why", () => {
  const spec = (title: string, status: string, message?: string) => ({
    file: "chat.spec.ts",
    line: 7,
    title,
    tests: [{ projectName: "phone", status, results: [{ errors: message ? [{ message }] : [] }] }],
  });
  const why = `\u001b[31mIt was\u001b[0m\n${"another\n".repeat(20)}`;
  const suites = [
    { specs: [spec("works", "expected")], suites: [{ specs: [spec("breaks", "unexpected", why)] }] },
  ];
  const { failures } = ofPlaywright(
    report({ stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 }, suites }),
    1,
  );
  const [text = ""] = failuresAsText(failures ?? []);
  expect(text.split("\n").slice(0, 3)).toEqual([
    "✗ [phone] chat.spec.ts:7 › breaks",
    "    It was",
    "    another",
  ]);
  expect(text.split("\n")).toHaveLength(13);
});

test("what failed in Node is said by its name, and so is what was thrown outside of tests", () => {
  const file = join(mkdtempSync(join(tmpdir(), "leeward-counts-")), "failing.test.ts");
  writeFileSync(
    file,
    `import { expect, test } from "vitest";
     test("holds", () => {});
     test("breaks", () => expect(1).toBe(2));
     test("ends too early", () => void setTimeout(() => { throw new Error("nobody heard it"); }, 20));
     test("waits", () => new Promise((resolve) => setTimeout(resolve, 200)));`,
  );
  const output = `${file}.json`;
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--root",
      dirname(file),
      `--reporter=${resolve("scripts/testing/vitest-report.mjs")}`,
    ],
    { env: { ...process.env, LEEWARD_TEST_REPORT: output } },
  );
  const { failures = [], ...counts } = ofVitest(output, status ?? 1);
  expect(counts).toEqual({ passed: 3, failed: 1, skipped: 0 });
  expect(failures.map(({ name }) => name)).toEqual([
    "outside of tests",
    expect.stringContaining("failing.test.ts › breaks"),
  ]);
  expect(failures[0]?.message).toContain("nobody heard it");
});

test("a suite that ended badly has failed, even without a failed test", () => {
  expect(ofVitest(vitest(5, 0), 1).failed).toBe(1);
  expect(ofVitest("/no/such/report.json", 0).failed).toBe(1);
});

test("a suite without a test has failed", () => {
  expect(ofVitest(vitest(0, 0), 0).failed).toBe(1);
});

test("the last line names what was skipped only when something was", () => {
  const counts = { passed: 5, failed: 0, skipped: 0 };
  expect(sentence(counts)).toBe("5 passed, 0 failed");
  expect(sentence(sum([counts, { passed: 1, failed: 2, skipped: 3 }]))).toBe("6 passed, 2 failed, 3 skipped");
});
