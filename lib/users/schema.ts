import * as z from "zod";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./person";

/** POST /api/users. 201 {id}. */
export const registerInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  email: z.email().trim().toLowerCase().max(254),
  password: z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD),
});
export type RegisterInput = z.infer<typeof registerInput>;
