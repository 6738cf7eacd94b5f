import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const WORTH_IT = /\.(js|css|svg|json|txt|map)$/;
/** Below this the headers weigh more than what is saved. Bytes. */
const SMALLEST = 1024;

/**
 * Puts a .br and a .gz beside each text file of a folder, as small as they get: done once at the build, so that
 * the server never compresses them and the browser gets a seventh less than with gzip on the fly.
 */
export async function compress(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    WORTH_IT.test(name),
  );
  await Promise.all(names.map((name) => compressFile(join(folder, name))));
}

async function compressFile(file) {
  const bytes = readFileSync(file);
  if (bytes.length < SMALLEST) return;
  const quality = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  };
  const [brotli, zipped] = await Promise.all([
    promisify(brotliCompress)(bytes, quality),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, zipped);
}
