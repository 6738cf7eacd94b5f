import { byMessage } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { changeQueued, removeQueued } from "@/lib/messages/queue";
import { changeQueuedInput } from "@/lib/messages/schema";

export const PUT = route({ params: byMessage, body: changeQueuedInput }, ({ actor, params, body }) =>
  changeQueued(actor, params.id, params.messageId, body),
);

export const DELETE = route({ params: byMessage }, ({ actor, params }) =>
  removeQueued(actor, params.id, params.messageId),
);
