import { route } from "@/lib/http/route";
import { everybodysSettings } from "@/lib/settings/settings";
import { setEverybodysSettings } from "@/lib/threads/set";

/** The defaults of the installation, which administrators set. */
export const PUT = route({ body: everybodysSettings }, ({ actor, body }) =>
  setEverybodysSettings(actor, body),
);
