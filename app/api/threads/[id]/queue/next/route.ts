import { byId } from "@/lib/http/params";
import { accepted, route } from "@/lib/http/route";
import { sendNext } from "@/lib/messages/queue";

/** Sends the first of the waiting questions now; 204 when none waits. */
export const POST = route({ params: byId }, async ({ actor, params }) => {
  const sent = await sendNext(actor, params.id);
  return sent ? accepted(sent) : undefined;
});
