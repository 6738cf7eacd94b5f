import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { describeImage } from "@/lib/images/words";
import { describeInput } from "@/lib/images/words-schema";

export const POST = route({ params: byId, body: describeInput }, ({ actor, params, body }) =>
  describeImage(actor, params.id, body),
);
