import { route } from "@/lib/http/route";
import { listThreads } from "@/lib/threads/queries";
import { listThreadsInput } from "@/lib/threads/schema";

export const GET = route({ query: listThreadsInput }, ({ actor, query }) => listThreads(actor, query));
