import * as z from "zod";
import { route } from "@/lib/http/route";
import { chooseImageContext } from "@/lib/images/words";
import { imageContextInput } from "@/lib/images/words-schema";
import { id } from "@/lib/messages/schema";

const params = z.object({ id, imageId: id });

export const PUT = route({ params, body: imageContextInput }, ({ actor, params, body }) =>
  chooseImageContext(actor, params.id, params.imageId, body),
);
