import { threadContext } from "@/lib/context/queries";
import { contextInput } from "@/lib/context/schema";
import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";

export const GET = route({ params: byId, query: contextInput }, ({ actor, params, query }) =>
  threadContext(actor, params.id, query),
);
