import { route } from "@/lib/http/route";
import { signOutEverywhere } from "@/lib/users/commands";

/** Signs out everywhere. */
export const DELETE = route({}, ({ actor }) => signOutEverywhere(actor));
