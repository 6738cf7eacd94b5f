import { inflateRawSync } from "node:zlib";
import { Unreadable } from "./refusal.ts";

/** Most that one part of an archive may become, bytes: the text is in there with ten times as much markup. */
const LARGEST_PART = 48 * 1024 * 1024;
/** Most that all parts together may say they become; more is made to hurt whoever unpacks it. */
const LARGEST_ARCHIVE = 1024 * 1024 * 1024;
/** Most parts; an office file has some dozens, and one with many pictures some hundreds. */
const MOST_PARTS = 10_000;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const LONGEST_COMMENT = 65_535;

/** What the archive's directory says of one part. Sizes in bytes. */
interface Part {
  encrypted: boolean;
  method: number;
  packedSize: number;
  size: number;
  offset: number;
}

/** The parts of a ZIP archive by name; nothing is unpacked but what is asked for. Throws Unreadable. */
export function partsOf(archive: Uint8Array): Map<string, Part> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    return readDirectory(bytes);
  } catch (error) {
    // A RangeError: the directory points outside of the file.
    throw error instanceof Unreadable ? error : new Unreadable("damaged");
  }
}

/** One part unpacked: to no more than it says, and to no more than is good for us, whatever it says. */
export function unpacked(archive: Uint8Array, part: Part): Uint8Array {
  if (part.encrypted) throw new Unreadable("encrypted");
  if (part.size > LARGEST_PART) throw new Unreadable("inflated");
  const packed = packedBytes(Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength), part);
  if (part.method === 0) return packed;
  if (part.method !== 8) throw new Unreadable("unsupported-format");
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, part.size) });
  } catch (error) {
    const larger = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new Unreadable(larger ? "inflated" : "damaged");
  }
}

function readDirectory(bytes: Buffer): Map<string, Part> {
  const end = endOfDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_PARTS) throw new Unreadable("inflated");
  const parts = new Map<string, Part>();
  let at = bytes.readUInt32LE(end + 16);
  let total = 0;
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Unreadable("damaged");
    const nameLength = bytes.readUInt16LE(at + 28);
    const part = {
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    total += part.size;
    parts.set(bytes.toString("utf8", at + 46, at + 46 + nameLength), part);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (total > LARGEST_ARCHIVE) throw new Unreadable("inflated");
  return parts;
}

/** Where the last record of the archive stands; only a comment comes after it. */
function endOfDirectory(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - 22 - LONGEST_COMMENT);
  for (let at = bytes.length - 22; at >= first; at--) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Unreadable("damaged");
}

/** The local record repeats the name, and may have other extras than the directory. */
function packedBytes(bytes: Buffer, { offset, packedSize }: Part): Buffer {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_ENTRY)
    throw new Unreadable("damaged");
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packedSize > bytes.length) throw new Unreadable("damaged");
  return bytes.subarray(start, start + packedSize);
}
