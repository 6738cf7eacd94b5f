import * as z from "zod";
import { byId } from "@/lib/http/params";
import { accepted, route } from "@/lib/http/route";
import { answerAgain } from "@/lib/messages/commands";
import { continueAnswer } from "@/lib/messages/continue";
import { continueInput, retryInput } from "@/lib/messages/schema";

const body = z.union([retryInput, continueInput]);

/** Another answer beside those to a question, or more of an answer that broke off. */
export const POST = route({ params: byId, body }, async ({ actor, params, body }) =>
  accepted(
    await ("answerId" in body ? answerAgain(actor, params.id, body) : continueAnswer(actor, params.id, body)),
  ),
);
