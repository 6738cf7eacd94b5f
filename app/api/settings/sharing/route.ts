import { route } from "@/lib/http/route";
import { changeSetting } from "@/lib/settings/commands";
import { setting } from "@/lib/settings/queries";
import { SETTINGS } from "@/lib/settings/settings";

/** The rules that shares are made under, for everybody who makes one. */
export const GET = route({}, () => setting("sharing"));

export const PUT = route({ body: SETTINGS.sharing.schema }, ({ actor, body }) =>
  changeSetting(actor, "sharing", body),
);
