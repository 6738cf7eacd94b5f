import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { readThumbnail } from "@/lib/images/queries";
import { asPicture } from "@/lib/images/response";

/** The picture made small, for its owner as the picture itself. */
export const GET = route({ params: byId }, async ({ actor, params }) =>
  asPicture(await readThumbnail(actor, params.id), "image/webp"),
);
