import { route } from "@/lib/http/route";
import { personSettings, setPersonSettings } from "@/lib/threads/set";
import { threadSettings } from "@/lib/threads/settings";

/** The person's own defaults. */
export const GET = route({}, ({ actor }) => personSettings(actor));

export const PUT = route({ body: threadSettings }, ({ actor, body }) => setPersonSettings(actor, body));
