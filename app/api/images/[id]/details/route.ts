import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { imageDetails } from "@/lib/images/queries";

/** What a picture is in numbers, and what it was made of. */
export const GET = route({ params: byId }, ({ actor, params }) => imageDetails(actor, params.id));
