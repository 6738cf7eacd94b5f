import { route } from "@/lib/http/route";
import { createShare } from "@/lib/shares/commands";
import { listShares } from "@/lib/shares/queries";
import { createShareInput, listSharesInput } from "@/lib/shares/schema";

export const GET = route({ query: listSharesInput }, ({ actor, query }) => listShares(actor, query));

export const POST = route({ body: createShareInput }, async ({ actor, body }) =>
  Response.json(await createShare(actor, body), { status: 201 }),
);
