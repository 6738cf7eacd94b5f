import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { revokeForeignShare } from "@/lib/shares/commands";

export const DELETE = route({ params: byId }, ({ actor, params }) => revokeForeignShare(actor, params.id));
