import "server-only";
import { Problem } from "@/lib/platform/problem";
import { LARGEST_JSON } from "./front/body-limit";

/** Deepest nesting of a JSON body; ours are two deep. */
const DEEPEST_JSON = 32;

/** The body as JSON. Throws `bad-request` when it is none, `too-large` past 2 MB, before reading it all. */
export async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new Problem("bad-request", { field: "content-type" });
  }
  const text = new TextDecoder().decode(await readBytes(request, LARGEST_JSON));
  if (depthOf(text) > DEEPEST_JSON) throw new Problem("bad-request", { field: "body" });
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("bad-request", { field: "body" });
  }
}

/**
 * The body's bytes, at most `limit`: more is `too-large`, and reading stops there. A body that says its size is in
 * memory once: of chunks that are kept to the end it would be there twice.
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get("content-length"));
  if (announced > limit) throw new Problem("too-large", { limit });
  let bytes = new Uint8Array(announced || FIRST_ROOM);
  let size = 0;
  for await (const chunk of request.body ?? []) {
    const end = size + chunk.byteLength;
    if (end > limit) throw new Problem("too-large", { limit });
    if (end > bytes.length) bytes = grown(bytes, Math.min(limit, Math.max(end, 2 * bytes.length)));
    bytes.set(chunk, size);
    size = end;
  }
  return size === bytes.length ? bytes : bytes.slice(0, size);
}

/** For a body that does not say its size, bytes. */
const FIRST_ROOM = 65_536;

function grown(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}

/** How deep the brackets outside strings nest: cheap, and refuses before parsing. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === 92) i++;
      else if (char === 34) quoted = false;
    } else if (char === 34) quoted = true;
    else if (char === 123 || char === 91) deepest = Math.max(deepest, ++depth);
    else if (char === 125 || char === 93) depth--;
  }
  return deepest;
}
