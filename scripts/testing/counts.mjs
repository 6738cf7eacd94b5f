import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** @typedef {{ name: string, message: string }} Failure */
/** @typedef {{ passed: number, failed: number, skipped: number, failures?: Failure[] }} Counts */

/** @returns {Counts} */
export function sum(/** @type {Counts[]} */ all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key];
  return total;
}

/** "12 passed, 0 failed" or "12 passed, 0 failed, 3 skipped" */
export function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

/** A step that is one check: it holds or it does not. */
export function ofCheck(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * From the file of vitest-report.mjs.
 * @returns {Counts}
 */
export function ofVitest(file, code) {
  return honest(code, () => JSON.parse(readFileSync(file, "utf8")));
}

/**
 * From the file of Playwright's JSON reporter. What passed at a second attempt has not passed.
 * @returns {Counts}
 */
export function ofPlaywright(file, code) {
  return honest(code, () => {
    const { stats, suites = [], errors = [] } = JSON.parse(readFileSync(file, "utf8"));
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      failures: [
        ...errors.map(({ message }) => ({ name: "outside of tests", message })),
        ...suites.flatMap((suite) => failuresIn(suite)),
      ],
    };
  });
}

function failuresIn(suite) {
  const own = (suite.specs ?? []).flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ projectName, results }) => ({
        name: `[${projectName}] ${file}:${line} › ${title}`,
        message: results.flatMap(({ errors }) => errors)[0]?.message ?? "",
      })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(failuresIn)];
}

/** How much of a failure's message is said again at the end. Lines. */
const MESSAGE_LINES = 12;

/** What failed, for the end of a long output. */
export function failuresAsText(/** @type {Failure[]} */ failures) {
  return failures.map(({ name, message }) => {
    const lines = stripVTControlCharacters(message).split("\n").slice(0, MESSAGE_LINES);
    return [`✗ ${name}`, ...lines.map((line) => `    ${line}`)].join("\n");
  });
}

/**
 * A runner that ends badly without a failed test (a file that does not load, an error outside of tests, no
 * report at all) has failed once, and one without a single test has not shown anything.
 */
function honest(code, read) {
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = read();
  } catch {
    // No report, or half a report.
  }
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
  return counts;
}
