import * as z from "zod";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./person";

/** POST /api/users. 201 {id}. */
export const registerInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  email: z.email().trim().toLowerCase().max(254),
  password: z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD),
});
export type RegisterInput = z.infer<typeof registerInput>;

/** DELETE /api/account. 204. `successor`: e-mail of who administers from then on, where nobody else does. */
export const leaveInput = z.strictObject({
  password: z.string().max(LONGEST_PASSWORD),
  successor: z.string().trim().toLowerCase().max(254).optional(),
});
export type LeaveInput = z.infer<typeof leaveInput>;
