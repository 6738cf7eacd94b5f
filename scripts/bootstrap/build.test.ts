import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { hashOfSources } from "./build.mjs";

function project(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "leeward-sources-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const FILES = { "app/page.tsx": "page", "lib/a/b.ts": "b", "package-lock.json": "{}" };
const built = hashOfSources(project(FILES));

test("the same sources in another place need no new build", () => {
  expect(hashOfSources(project(FILES))).toBe(built);
});

test.each([
  ["a changed file", { "lib/a/b.ts": "c" }],
  ["a new file", { "components/x.tsx": "" }],
  ["another dependency", { "package-lock.json": "{ }" }],
  ["the configuration", { "next.config.ts": "" }],
])("%s needs a build", (_, change) => {
  expect(hashOfSources(project({ ...FILES, ...change }))).not.toBe(built);
});

test("a file that moved needs a build", () => {
  const { "lib/a/b.ts": text, ...rest } = FILES;
  expect(hashOfSources(project({ ...rest, "lib/a/c.ts": text }))).not.toBe(built);
});

test("tests, generated clients and what is not of the application need none", () => {
  const more = {
    "lib/a/b.test.ts": "",
    "lib/platform/database/generated/x.ts": "",
    "docs/a.md": "",
    "e2e/a.ts": "",
  };
  expect(hashOfSources(project({ ...FILES, ...more }))).toBe(built);
});
