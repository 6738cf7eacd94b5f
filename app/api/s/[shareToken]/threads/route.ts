import * as z from "zod";
import { route } from "@/lib/http/route";
import { passIn } from "@/lib/http/share-viewer";
import { id } from "@/lib/messages/schema";
import { shareToken } from "@/lib/shares/schema";
import { continueShare } from "@/lib/shares/viewing";

const params = z.object({ shareToken });
const body = z.strictObject({ threadId: id });

/** A private copy among one's own threads. 201 with its ThreadSummary. */
export const POST = route({ params, body }, async ({ actor, params, body, request }) => {
  const pass = passIn(request.headers.get("cookie") ?? "");
  return Response.json(await continueShare(actor, params.shareToken, pass, body.threadId), { status: 201 });
});
