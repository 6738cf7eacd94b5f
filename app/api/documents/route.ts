import { acceptDocument } from "@/lib/documents/commands";
import { LARGEST_DOCUMENT } from "@/lib/documents/document";
import { readBytes } from "@/lib/http/body";
import { route } from "@/lib/http/route";
import { fileNameOf } from "@/lib/images/name";
import { inUploadSlot } from "@/lib/images/upload-slots";

/** The body is the file itself; its name comes URI-encoded in `x-file-name`. */
export const POST = route({}, async ({ actor, request }) => {
  const document = await inUploadSlot(actor, async () => {
    const bytes = await readBytes(request, LARGEST_DOCUMENT);
    return acceptDocument(actor, { name: fileNameOf(request.headers), bytes });
  });
  return Response.json(document, { status: 201 });
});
