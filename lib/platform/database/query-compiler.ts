import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Prisma's query compiler. It ships as base64 in a module, `file` of Prisma's runtime; a module that was imported stays
 * in memory with its source, 4.4 MB here, so the generated clients (scripts/generate.mjs) have it read and forgotten.
 */
export async function queryCompiler(file: string): Promise<WebAssembly.Module> {
  const path = join(/* turbopackIgnore: true */ process.cwd(), "node_modules/@prisma/client/runtime", file);
  const source = await readFile(path, "latin1");
  const base64 = source.slice(source.indexOf('"') + 1, source.lastIndexOf('"'));
  return new WebAssembly.Module(Buffer.from(base64, "base64"));
}
