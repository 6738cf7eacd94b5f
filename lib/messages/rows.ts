import "server-only";
import type { AnswerUsage, Failure, Message, MessageStatus, Part } from "./message";

/** What is read of a message for showing it. */
export const MESSAGE_COLUMNS = {
  id: true,
  parentId: true,
  role: true,
  parts: true,
  status: true,
  failure: true,
  ordinal: true,
  createdAt: true,
} as const;

interface MessageRow {
  id: string;
  parentId: string | null;
  role: string;
  parts: unknown;
  status: string;
  failure: unknown;
  ordinal: number;
  createdAt: Date;
}

/** The row as it goes over the wire. The columns hold what our own commands wrote, so the casts are safe. */
export const messageOf = (
  row: MessageRow,
  generationId: string | null = null,
  usage: AnswerUsage | null = null,
): Message => ({
  id: row.id,
  parentId: row.parentId,
  role: row.role as Message["role"],
  parts: row.parts as Part[],
  status: row.status as MessageStatus,
  failure: row.failure as Failure | null,
  ordinal: row.ordinal,
  createdAt: row.createdAt.toISOString(),
  generationId,
  usage,
});
