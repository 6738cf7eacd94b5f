import { writeFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * Vitest's reporter for `npm test`: the counts, and what failed by name, in the file that LEEWARD_TEST_REPORT names.
 * Vitest's own JSON leaves out what was thrown outside of tests, of which then nothing is known but that it was.
 */
export default class Report {
  /** @param {readonly import("vitest/node").TestModule[]} modules */
  onTestRunEnd(modules, /** @type {readonly Error[]} */ outside) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const failures = outside.map((error) => failure("outside of tests", error));
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      failures.push(...module.errors().map((error) => failure(file, error)));
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        counts[state === "passed" || state === "failed" ? state : "skipped"] += 1;
        if (state === "failed") failures.push(failure(`${file} › ${test.fullName}`, errors[0]));
      }
    }
    writeFileSync(process.env.LEEWARD_TEST_REPORT, JSON.stringify({ ...counts, failures }));
  }
}

function failure(name, error) {
  return { name, message: String(error?.stack ?? error?.message ?? "") };
}
