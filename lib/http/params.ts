import * as z from "zod";
import { id } from "@/lib/messages/schema";

/** Path parameters of `/…/[id]/…`. */
export const byId = z.object({ id });

/** Path parameters of `/…/[id]/…/[messageId]`. */
export const byMessage = z.object({ id, messageId: id });
