import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { changeThread, deleteThread } from "@/lib/threads/commands";
import { threadDetail } from "@/lib/threads/queries";
import { changeThreadInput } from "@/lib/threads/schema";

export const GET = route({ params: byId }, ({ actor, params }) => threadDetail(actor, params.id));

export const PATCH = route({ params: byId, body: changeThreadInput }, ({ actor, params, body }) =>
  changeThread(actor, params.id, body),
);

export const DELETE = route({ params: byId }, ({ actor, params }) => deleteThread(actor, params.id));
