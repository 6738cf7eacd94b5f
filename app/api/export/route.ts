import { exportEverything } from "@/lib/exports/archive";
import { countExport } from "@/lib/exports/limits";
import { markdownWords } from "@/lib/exports/words";
import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";
import { requireActor } from "@/lib/http/session";

/** Everything that the person owns, as a ZIP. */
export const GET = route({}, async ({ actor, request }) => {
  await countExport(actor);
  const words = await markdownWords(request);
  const name = `leeward-${new Date().toISOString().slice(0, 10)}.zip`;
  const file = { name, contentType: "application/zip" };
  return download(
    () => exportEverything(actor, words),
    file,
    () => requireActor(request),
  );
});
