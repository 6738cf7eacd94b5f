import { pageText } from "@/lib/documents/queries";
import { byPage } from "@/lib/documents/schema";
import { route } from "@/lib/http/route";

export const GET = route({ params: byPage }, ({ actor, params }) => pageText(actor, params.id, params.page));
