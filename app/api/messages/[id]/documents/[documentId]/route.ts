import * as z from "zod";
import { chooseDocumentContext } from "@/lib/documents/context";
import { documentContextInput } from "@/lib/documents/schema";
import { route } from "@/lib/http/route";
import { id } from "@/lib/messages/schema";

const params = z.object({ id, documentId: id });

export const PUT = route({ params, body: documentContextInput }, ({ actor, params, body }) =>
  chooseDocumentContext(actor, params.id, params.documentId, body),
);
