import { disposition } from "@/lib/http/download";
import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { deleteUnsentImage } from "@/lib/images/commands";
import { readImage } from "@/lib/images/queries";
import { asPicture } from "@/lib/images/response";
import { savedName } from "@/lib/images/saved-name";

export const GET = route({ params: byId }, async ({ actor, params }) => {
  const { bytes, contentType, name } = await readImage(actor, params.id);
  return asPicture(bytes, contentType, disposition("inline", savedName(name, contentType)));
});

export const DELETE = route({ params: byId }, ({ actor, params }) => deleteUnsentImage(actor, params.id));
