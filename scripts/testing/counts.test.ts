import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ofPlaywright, ofVitest, sentence, sum } from "./counts.mjs";

function report(content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), "leeward-counts-")), "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = (passed: number, failed: number) =>
  report({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, numTodoTests: 1 });

test("the counts of suites are the reporters' own", () => {
  expect(ofVitest(vitest(5, 2), 1)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 3 };
  expect(ofPlaywright(report({ stats }), 1)).toEqual({ passed: 7, failed: 2, skipped: 3 });
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
