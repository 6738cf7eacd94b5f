import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { revokeShare, updateShare } from "@/lib/shares/commands";
import { shareDetail } from "@/lib/shares/queries";
import { updateShareInput } from "@/lib/shares/schema";

export const GET = route({ params: byId }, ({ actor, params }) => shareDetail(actor, params.id));

export const PUT = route({ params: byId, body: updateShareInput }, ({ actor, params, body }) =>
  updateShare(actor, params.id, body),
);

export const DELETE = route({ params: byId }, ({ actor, params }) => revokeShare(actor, params.id));
