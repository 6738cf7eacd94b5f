import { lines } from "@/lib/http/lines";
import { route } from "@/lib/http/route";
import { importPieces } from "@/lib/imports/import";
import { countImport } from "@/lib/imports/limits";
import { importInput } from "@/lib/imports/schema";

/** Brings a file in whose pieces have come, and says how far it is. */
export const POST = route({ body: importInput }, async ({ actor, body, request }) => {
  await countImport(actor);
  return lines(request, await importPieces(actor, body.pieces));
});
