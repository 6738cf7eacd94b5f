import "server-only";
import * as z from "zod";
import { Problem } from "@/lib/platform/problem";
import { type ImageHeader, readHeader } from "./file/header";
import { removedFrom } from "./removed";
import { type ImageOrigin, ORIGIN_HEADER, REMOVED } from "./schema";

const pixels = z.int().min(1).max(1_000_000);

const imageOrigin = z.strictObject({
  width: pixels,
  height: pixels,
  bytes: z.int().min(1),
  contentType: z.string().regex(/^image\/[a-z0-9.+-]{1,40}$/),
  removed: z.array(z.enum(REMOVED)).max(REMOVED.length),
});

/** What the browser says a picture was before it was converted; null when it says nothing. Throws `bad-request`. */
export function declaredOrigin(headers: Headers): ImageOrigin | null {
  const said = headers.get(ORIGIN_HEADER);
  if (said === null) return null;
  const result = imageOrigin.safeParse(parsed(said));
  if (!result.success) throw new Problem("bad-request", { field: ORIGIN_HEADER });
  return result.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The same of a file that came as it was. `size`: upright, as the decoder says. */
export function originOf(bytes: Uint8Array, size: { width: number; height: number }): ImageOrigin {
  const type: ImageHeader["type"] = readHeader(bytes)?.type ?? "image/jpeg";
  const { width, height } = size;
  return { width, height, bytes: bytes.length, contentType: type, removed: removedFrom(bytes, type) };
}

/** Origin as it is kept; null for pictures that were uploaded before it was. */
export const storedOrigin = (json: unknown): ImageOrigin | null => imageOrigin.nullable().parse(json);
