// Generates both Prisma clients from the one schema: SQLite as it is written, PostgreSQL from a copy with
// the provider exchanged. Does nothing when the schema and Prisma are those of the last time. No network.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const generated = join(root, "lib/platform/database/generated");
const stampFile = join(generated, "stamp");
const schemaFile = join(root, "prisma/schema.prisma");

/** The one schema as PostgreSQL reads it. */
export function postgresqlSchema(schema = readFileSync(schemaFile, "utf8")) {
  return replaceOnce(schema, /provider\s*=\s*"sqlite"/, 'provider = "postgresql"');
}

/** True when both clients are those of the schema and of this Prisma. */
export function isGenerated() {
  return readIfThere(stampFile) === stampOf(readFileSync(schemaFile, "utf8"));
}

/** Returns true when it had to generate. */
export async function generate() {
  if (isGenerated()) return false;
  const schema = readFileSync(schemaFile, "utf8");
  rmSync(generated, { recursive: true, force: true });
  mkdirSync(generated, { recursive: true });
  const copy = join(generated, "postgresql.prisma");
  writeFileSync(
    copy,
    replaceOnce(postgresqlSchema(schema), /output\s*=\s*"[^"]*"/, 'output = "./postgresql"'),
  );
  await Promise.all([prismaGenerate(schemaFile), prismaGenerate(copy)]);
  for (const provider of ["sqlite", "postgresql"]) readCompilerFromFile(provider);
  writeFileSync(stampFile, stampOf(schema));
  return true;
}

function stampOf(schema) {
  const prisma = createRequire(import.meta.url)("prisma/package.json").version;
  const self = readFileSync(fileURLToPath(import.meta.url));
  return createHash("sha256").update(schema).update(prisma).update(self).digest("hex");
}

function prismaGenerate(schema) {
  const cli = join(root, "node_modules/prisma/build/index.js");
  const child = spawn(process.execPath, [cli, "generate", "--schema", schema, "--no-hints"], {
    cwd: root,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`Prisma could not generate the database client:\n${output}`)),
    );
  });
}

/** Exchanges how a client gets at its query compiler: see lib/platform/database/query-compiler.ts. */
function readCompilerFromFile(provider) {
  const file = join(generated, provider, "internal/class.ts");
  const load =
    /const \{ wasm \} = await import\("@prisma\/client\/runtime\/([\w.-]+)\.mjs"\)\s+return await decodeBase64AsWasm\(wasm\)/;
  const ours = 'return (await import("../../../query-compiler.ts")).queryCompiler("$1.js")';
  writeFileSync(file, replaceOnce(readFileSync(file, "utf8"), load, ours));
}

function replaceOnce(text, pattern, replacement) {
  if (!pattern.test(text)) throw new Error(`There is nothing that looks like ${pattern}.`);
  return text.replace(pattern, replacement);
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await generate()) ? "Database clients generated." : "Database clients are up to date.");
}
