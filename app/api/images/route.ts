import { readBytes } from "@/lib/http/body";
import { route } from "@/lib/http/route";
import { acceptImage } from "@/lib/images/commands";
import { listPictures } from "@/lib/images/list";
import { fileNameOf } from "@/lib/images/name";
import { declaredOrigin } from "@/lib/images/origin";
import { LARGEST_UPLOAD } from "@/lib/images/schema";
import { inUploadSlot } from "@/lib/images/upload-slots";
import { listPicturesInput } from "@/lib/images/words-schema";

/** One's own pictures, newest first. */
export const GET = route({ query: listPicturesInput }, ({ actor, query }) =>
  listPictures(actor, query.cursor),
);

/** The body is the file itself; its name comes URI-encoded in `x-file-name`, what it was in `x-image-origin`. */
export const POST = route({}, async ({ actor, request }) => {
  const origin = declaredOrigin(request.headers);
  const image = await inUploadSlot(actor, async () => {
    const bytes = await readBytes(request, LARGEST_UPLOAD);
    return acceptImage(actor, { name: fileNameOf(request.headers), bytes, origin });
  });
  return Response.json(image, { status: 201 });
});
