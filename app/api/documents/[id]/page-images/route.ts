import { pageImagesInput } from "@/lib/documents/schema";
import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { inUploadSlot } from "@/lib/images/upload-slots";

export const POST = route({ params: byId, body: pageImagesInput }, async ({ actor, params, body }) => {
  // Loaded with the first page that is drawn, with the picture's decoders.
  const { pageImages } = await import("@/lib/documents/page-images");
  const images = await inUploadSlot(actor, () => pageImages(actor, params.id, body));
  return Response.json({ images }, { status: 201 });
});
