import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const scripts = join(import.meta.dirname, "..");
// In CI the Node that `npm test` was called with is 20; where it is a newer one, this says less.
const called = process.env.CALLED_NODE ?? process.execPath;

/** What a program imports before it has looked at its Node. */
const importsOf = (program: string): string[] =>
  [...readFileSync(join(scripts, program), "utf8").matchAll(/^import .*"(\.\/.+)";$/gm)].map(([, path]) =>
    join(scripts, path ?? ""),
  );

test.each(["start.mjs", "test.mjs", "run.mjs"])(
  "the Node that somebody has can begin %s",
  async (program) => {
    const imports = importsOf(program);
    expect(imports).toContain(join(scripts, "bootstrap/index.mjs"));
    const script = `Promise.all(${JSON.stringify(imports)}.map((path) => import(path))).then(() => process.stdout.write("read"))`;
    const { stdout } = await promisify(execFile)(called, ["-e", script]);
    expect(stdout).toBe("read");
  },
);
