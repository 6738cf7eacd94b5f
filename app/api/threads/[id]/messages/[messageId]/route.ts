import { byMessage } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { deleteMessage } from "@/lib/messages/branches";
import { deleteMessageInput } from "@/lib/messages/schema";

export const DELETE = route({ params: byMessage, query: deleteMessageInput }, ({ actor, params, query }) =>
  deleteMessage(actor, params.id, params.messageId, query),
);
