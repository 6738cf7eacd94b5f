import { PassThrough, Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { ZipFile } from "yazl";

/** One file of an archive. What is compressed already (pictures) is taken as it is. */
export interface NewEntry {
  path: string;
  body: Uint8Array | string | AsyncIterable<Uint8Array | string>;
  compress: boolean;
}

/**
 * A ZIP as it is made: entries are asked for one by one, as fast as the bytes are taken, so its size does not matter.
 * What asking for them throws breaks it off, without its directory; and when nobody takes the rest, nothing more is
 * asked for.
 */
export function archiveOf(entries: AsyncIterable<NewEntry>): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  zip.on("error", (error) => out.destroy(error as Error));
  zip.outputStream.pipe(out);
  const abandoned = finished(out).then(() => {
    throw new Error("the archive was not taken to its end");
  });
  abandoned.catch(() => {});
  const write = async () => {
    for await (const entry of entries) await Promise.race([written(zip, entry), abandoned]);
    zip.end();
  };
  write().catch((error) => out.destroy(error));
  return out;
}

function written(zip: ZipFile, { path, body, compress }: NewEntry): Promise<void> {
  // The archive keeps what is given to it below to its end, and with it would keep the bytes of every entry.
  const left = [body];
  return new Promise((done, failed) => {
    zip.addReadStreamLazy(path, { compress, mode: 0o100600 }, (give) => {
      const stream = streamOf(left.pop() ?? "");
      stream.once("end", done).once("error", failed);
      give(null, stream);
    });
  });
}

const streamOf = (body: NewEntry["body"]): Readable =>
  Readable.from(isWhole(body) ? [Buffer.from(body as string)] : body, { objectMode: false });

const isWhole = (body: NewEntry["body"]): body is Uint8Array | string =>
  typeof body === "string" || body instanceof Uint8Array;
