import { createWriteStream, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Archive, openArchive } from "@/lib/platform/archive/reading";

/** A ZIP as a file, and what is in it. */
export async function unzipped(zip: Readable): Promise<{ file: string; archive: Archive }> {
  const file = join(mkdtempSync(join(tmpdir(), "leeward-export-")), "export.zip");
  await pipeline(zip, createWriteStream(file));
  return { file, archive: await openArchive(file) };
}

/** An entry's text. */
export const textIn = async (archive: Archive, path: string): Promise<string> =>
  (await archive.bytes(path, 50_000_000)).toString();
