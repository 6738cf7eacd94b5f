import { byId } from "@/lib/http/params";
import { accepted, route } from "@/lib/http/route";
import { orderQueue, queueMessage } from "@/lib/messages/queue";
import { orderQueueInput, queueInput } from "@/lib/messages/schema";

export const POST = route({ params: byId, body: queueInput }, async ({ actor, params, body }) =>
  accepted(await queueMessage(actor, params.id, body)),
);

export const PUT = route({ params: byId, body: orderQueueInput }, ({ actor, params, body }) =>
  orderQueue(actor, params.id, body.messageIds),
);
