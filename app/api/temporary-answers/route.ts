import { lines } from "@/lib/http/lines";
import { route } from "@/lib/http/route";
import { readTemporary } from "@/lib/http/temporary";
import { temporaryAnswer } from "@/lib/temporary/answer";

/** Answers a conversation that is kept nowhere. */
export const POST = route({}, async ({ actor, request }) => {
  const { input, files } = await readTemporary(request);
  return lines(request, await temporaryAnswer(actor, input, files));
});
