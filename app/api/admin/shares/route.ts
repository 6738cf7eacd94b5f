import { route } from "@/lib/http/route";
import { listForeignShares } from "@/lib/shares/queries";
import { listSharesInput } from "@/lib/shares/schema";

export const GET = route({ query: listSharesInput }, ({ actor, query }) => listForeignShares(actor, query));
