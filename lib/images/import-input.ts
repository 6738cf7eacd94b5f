import * as z from "zod";
import { LONGEST_ADDRESS } from "./schema";

/** POST /api/images/url. What is no address is refused with a reason, like a picture. */
export const importInput = z.strictObject({ url: z.string().min(1).max(LONGEST_ADDRESS) });
