import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writePlain } from "./plain.mjs";

test("a program and all it imports of ours run without their types", () => {
  const root = mkdtempSync(join(tmpdir(), "leeward-plain-"));
  mkdirSync(join(root, "lib"));
  writeFileSync(
    join(root, "main.ts"),
    'import { wind, type Wind } from "./lib/wind.ts";\nconst w: Wind = wind;\nconst { sail } = await import("./lib/sail.ts");\nconsole.log(sail(w), import.meta.filename.slice(-8));\n',
  );
  writeFileSync(
    join(root, "lib/wind.ts"),
    'export interface Wind { from: string }\nexport const wind = { from: "west" };\n',
  );
  writeFileSync(
    join(root, "lib/sail.ts"),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program in a string
    'import type { Wind } from "./wind.ts";\nexport const sail = ({ from }: Wind): string => `sails from ${from}`;\n',
  );
  const out = join(root, "out");
  writePlain(root, out, ["main.ts"]);
  expect(execFileSync(process.execPath, [join(out, "main.mjs")], { encoding: "utf8" })).toBe(
    "sails from west main.mjs\n",
  );
});
