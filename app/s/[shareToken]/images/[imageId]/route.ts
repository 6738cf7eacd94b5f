import * as z from "zod";
import { PRIVATE } from "@/lib/http/refusal";
import { openRoute } from "@/lib/http/route";
import { shareViewer } from "@/lib/http/share-viewer";
import { watchedBody } from "@/lib/http/watched-body";
import { id } from "@/lib/messages/schema";
import { shareToken } from "@/lib/shares/schema";
import { isStillShared, readSharedImage } from "@/lib/shares/viewing";

const params = z.object({ shareToken, imageId: id });

/** Whatever the bytes are, they are a picture or nothing, and to be found by nobody. */
const AS_PICTURE_ONLY = {
  ...PRIVATE,
  "content-disposition": "inline",
  "content-security-policy": "default-src 'none'; sandbox",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow, noarchive",
};

export const GET = openRoute({ params }, async ({ params: { shareToken: token, imageId }, request }) => {
  const viewer = await shareViewer(request.headers.get("cookie") ?? "");
  const { bytes, contentType } = await readSharedImage(token, imageId, viewer);
  return new Response(
    watchedBody(bytes, () => isStillShared(token, imageId, viewer)),
    {
      headers: {
        ...AS_PICTURE_ONLY,
        "content-type": contentType,
        "content-length": String(bytes.byteLength),
      },
    },
  );
});
