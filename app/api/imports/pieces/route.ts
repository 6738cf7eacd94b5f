import { readBytes } from "@/lib/http/body";
import { route } from "@/lib/http/route";
import { inUploadSlot } from "@/lib/images/upload-slots";
import { countPiece } from "@/lib/imports/limits";
import { keepPiece } from "@/lib/imports/pieces";
import type { PieceTaken } from "@/lib/imports/schema";
import { LARGEST_PIECE } from "@/lib/imports/sizes";
import { Problem } from "@/lib/platform/problem";

/** The body is a piece of a file. */
export const POST = route({}, async ({ actor, request }) => {
  const piece = await inUploadSlot(actor, async () => {
    const bytes = await readBytes(request, LARGEST_PIECE);
    if (bytes.length === 0) throw new Problem("bad-request", { field: "body" });
    await countPiece(actor, bytes.length);
    return keepPiece(actor, bytes);
  });
  return Response.json({ piece } satisfies PieceTaken, { status: 201 });
});
