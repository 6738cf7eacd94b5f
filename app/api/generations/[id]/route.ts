import { stopGeneration } from "@/lib/generations/commands";
import { madeWith } from "@/lib/generations/queries";
import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";

/** What made the answer. */
export const GET = route({ params: byId }, ({ actor, params }) => madeWith(actor, params.id));

/** Stops the answer. */
export const DELETE = route({ params: byId }, ({ actor, params }) => stopGeneration(actor, params.id));
