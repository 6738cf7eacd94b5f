import { deleteUnsentDocument } from "@/lib/documents/commands";
import { documentDetail } from "@/lib/documents/queries";
import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";

export const GET = route({ params: byId }, ({ actor, params }) => documentDetail(actor, params.id));

export const DELETE = route({ params: byId }, ({ actor, params }) => deleteUnsentDocument(actor, params.id));
