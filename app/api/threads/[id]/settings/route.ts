import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { setThreadSettings, settingsOfThread } from "@/lib/threads/set";
import { threadSettings } from "@/lib/threads/settings";

export const GET = route({ params: byId }, ({ actor, params }) => settingsOfThread(actor, params.id));

export const PUT = route({ params: byId, body: threadSettings }, ({ actor, params, body }) =>
  setThreadSettings(actor, params.id, body),
);
