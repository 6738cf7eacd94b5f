import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { forkThread } from "@/lib/messages/fork";
import { forkInput } from "@/lib/messages/schema";

export const POST = route({ params: byId, body: forkInput }, ({ actor, params, body }) =>
  forkThread(actor, params.id, body),
);
