interface Box {
  type: string;
  start: number;
  end: number;
}

/** The brands of an AVIF or HEIC file, the major one first; empty when it is no such file. */
export function brandsOf(bytes: Uint8Array): string[] {
  const [first] = boxesIn(bytes, 0, bytes.length);
  if (first?.type !== "ftyp") return [];
  const brands: string[] = [];
  for (let at = first.start; at + 4 <= first.end; at += 4) {
    if (at !== first.start + 4) brands.push(text(bytes, at));
  }
  return brands;
}

/**
 * The largest size among the file's item properties (`ispe` in meta/iprp/ipco): the picture itself, not its
 * thumbnail or tiles. Turning (`irot`) is not looked at. Null when there is none.
 */
export function largestSizeOf(bytes: Uint8Array): { width: number; height: number } | null {
  const top = { type: "", start: 0, end: bytes.length };
  const meta = find(bytes, top, "meta");
  const properties = meta && find(bytes, { ...meta, start: meta.start + 4 }, "iprp");
  const list = properties && find(bytes, properties, "ipco");
  if (!list) return null;
  const sizes = boxesIn(bytes, list.start, list.end)
    .filter((box) => box.type === "ispe" && box.end - box.start >= 12)
    .map((box) => ({ width: uint32(bytes, box.start + 4), height: uint32(bytes, box.start + 8) }));
  return sizes.sort((a, b) => b.width * b.height - a.width * a.height)[0] ?? null;
}

function find(bytes: Uint8Array, parent: Box, type: string): Box | undefined {
  return boxesIn(bytes, parent.start, parent.end).find((box) => box.type === type);
}

/** The boxes between two offsets, headers left off; stops at the first that makes no sense. */
function boxesIn(bytes: Uint8Array, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    const size = uint32(bytes, at) || end - at;
    if (size < 8 || at + size > end) break;
    boxes.push({ type: text(bytes, at + 4), start: at + 8, end: at + size });
    at += size;
  }
  return boxes;
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
