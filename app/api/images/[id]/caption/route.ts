import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { captionImage } from "@/lib/images/words";
import { captionInput } from "@/lib/images/words-schema";

export const PUT = route({ params: byId, body: captionInput }, ({ actor, params, body }) =>
  captionImage(actor, params.id, body),
);
