import "server-only";
import { isDeepStrictEqual } from "node:util";
import { passwordMatches } from "@/lib/users/passwords";
import type { CreateShareInput } from "./schema";

interface Row {
  threadId: string;
  title: string;
  choices: unknown;
  passwordHash: string | null;
  allowContinue: boolean;
  titleInPreview: boolean;
  expiresAt: Date | null;
}

/** Whether this is the request that made the share, once more. `titleOf` says what its title comes to. */
export async function isRepeated(
  row: Row,
  input: CreateShareInput,
  titleOf: () => Promise<string>,
): Promise<boolean> {
  const { threadId, allowContinue, titleInPreview } = row;
  const end = input.expiresAt === null ? null : new Date(input.expiresAt);
  return (
    isDeepStrictEqual(
      { threadId, allowContinue, titleInPreview, choices: row.choices, end: row.expiresAt },
      {
        threadId: input.threadId,
        allowContinue: input.allowContinue,
        titleInPreview: input.titleInPreview,
        choices: input.choices,
        end,
      },
    ) &&
    (row.title === input.title || row.title === (await titleOf())) &&
    (await isPassword(row.passwordHash, input.password))
  );
}

async function isPassword(hash: string | null, password: string | null): Promise<boolean> {
  if (hash === null || password === null) return hash === password;
  return passwordMatches(hash, password);
}
