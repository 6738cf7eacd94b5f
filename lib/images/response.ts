import "server-only";

/** Whatever the bytes are, they are a picture or nothing, to this page only. */
const AS_PICTURE_ONLY = {
  "cache-control": "private, no-store",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** A picture of somebody's own as the answer to a request. `disposition`: what it is called when it is kept, too. */
export function asPicture(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  disposition = "inline",
): Response {
  const size = { "content-type": contentType, "content-length": String(bytes.byteLength) };
  const headers = { ...AS_PICTURE_ONLY, ...size, "content-disposition": disposition };
  return new Response(bytes, { headers });
}
