import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { openBranch } from "@/lib/messages/branches";
import { openBranchInput } from "@/lib/messages/schema";

export const PUT = route({ params: byId, body: openBranchInput }, ({ actor, params, body }) =>
  openBranch(actor, params.id, body),
);
