import { pageImagesInput } from "@/lib/documents/schema";
import { lines } from "@/lib/http/lines";
import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";

/** One page after the other, each told when it is there. */
export const POST = route(
  { params: byId, body: pageImagesInput },
  async ({ actor, params, body, request }) => {
    // Loaded with the first page that is drawn, with the picture's decoders.
    const { pageImages } = await import("@/lib/documents/page-images");
    return lines(request, await pageImages(actor, params.id, body));
  },
);
