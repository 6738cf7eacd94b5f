import { addressOf } from "@/lib/http/address";
import { route } from "@/lib/http/route";
import { leave } from "@/lib/users/leaving";
import { leaveInput } from "@/lib/users/schema";

/** Deletes one's own account and everything that belongs to it. */
export const DELETE = route({ body: leaveInput }, ({ actor, body, request }) =>
  leave(actor, body, addressOf(request.headers)),
);
