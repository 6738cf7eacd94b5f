/** The bytes of a text, each alone (byte-by-byte) or only those of multibyte characters (utf8-split). */
export function cutBytes(text: string, how: "utf8-split" | "byte-by-byte" | "plain" | "crlf"): Buffer[] {
  const all = Buffer.from(text);
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = 1; at <= all.length; at += 1) {
    const insideAscii = how === "utf8-split" && at < all.length && isAscii(all[at - 1]) && isAscii(all[at]);
    if (insideAscii) continue;
    parts.push(all.subarray(start, at));
    start = at;
  }
  return parts;
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && byte < 0x80;
}
