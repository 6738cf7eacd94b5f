import { route } from "@/lib/http/route";
import { importImage } from "@/lib/images/import";
import { importInput } from "@/lib/images/import-input";
import { inUploadSlot } from "@/lib/images/upload-slots";

/** Takes a picture in from its address. Answers as an upload does. */
export const POST = route({ body: importInput }, async ({ actor, body }) => {
  const image = await inUploadSlot(actor, () => importImage(actor, body.url));
  return Response.json(image, { status: 201 });
});
