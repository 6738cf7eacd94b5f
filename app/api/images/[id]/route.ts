import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { deleteUnsentImage } from "@/lib/images/commands";
import { readImage } from "@/lib/images/queries";
import { asPicture } from "@/lib/images/response";

export const GET = route({ params: byId }, async ({ actor, params }) => {
  const { bytes, contentType } = await readImage(actor, params.id);
  return asPicture(bytes, contentType);
});

export const DELETE = route({ params: byId }, ({ actor, params }) => deleteUnsentImage(actor, params.id));
