import { byId } from "@/lib/http/params";
import { accepted, route } from "@/lib/http/route";
import { sendMessage } from "@/lib/messages/commands";
import { readMessagesInput, sendMessageInput } from "@/lib/messages/schema";
import { messagesOf } from "@/lib/threads/queries";

export const GET = route({ params: byId, query: readMessagesInput }, ({ actor, params, query }) =>
  messagesOf(actor, params.id, query.ids),
);

export const POST = route({ params: byId, body: sendMessageInput }, async ({ actor, params, body }) =>
  accepted(await sendMessage(actor, params.id, body)),
);
