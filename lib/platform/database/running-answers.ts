import { environment } from "../environment.ts";
import type { Transaction } from "./index.ts";

/**
 * How far an answer has come: the parts of its message, null when nothing was written since the last save, and the
 * number of the last event whose text is in them.
 */
export interface Progress {
  generationId: string;
  messageId: string;
  parts: object[] | null;
  sequence: number;
}

/**
 * Saves how far running answers have come, and lets their hearts beat: two statements however many there are, in
 * each engine's own words for a list of rows. An ending that was saved meanwhile is never written over, nor what another
 * generation writes into the message since this one was taken for dead.
 */
export async function saveProgress(tx: Transaction, all: Progress[], heartbeatAt: Date): Promise<void> {
  const rows = JSON.stringify(all.map(({ generationId, sequence }) => ({ generationId, sequence })));
  const texts = JSON.stringify(
    all.flatMap(({ generationId, messageId, parts }) => (parts ? [{ generationId, messageId, parts }] : [])),
  );
  if (environment().databaseUrl) {
    await tx.$executeRaw`
      UPDATE "messages" SET "parts" = "now"."parts"
      FROM jsonb_to_recordset(${texts}::jsonb) AS "now"("generationId" text, "messageId" text, "parts" jsonb)
      WHERE "messages"."id" = "now"."messageId" AND "messages"."status" = 'running' AND EXISTS (
        SELECT 1 FROM "generations" AS "own" WHERE "own"."id" = "now"."generationId" AND "own"."status" = 'running')`;
    await tx.$executeRaw`
      UPDATE "generations" SET "sequence" = "now"."sequence", "heartbeatAt" = ${heartbeatAt}
      FROM jsonb_to_recordset(${rows}::jsonb) AS "now"("generationId" text, "sequence" integer)
      WHERE "generations"."id" = "now"."generationId" AND "generations"."status" = 'running'`;
    return;
  }
  await tx.$executeRaw`
    UPDATE "messages" SET "parts" = "now"."value" -> 'parts'
    FROM json_each(${texts}) AS "now"
    WHERE "messages"."id" = "now"."value" ->> 'messageId' AND "messages"."status" = 'running' AND EXISTS (
      SELECT 1 FROM "generations" AS "own"
      WHERE "own"."id" = "now"."value" ->> 'generationId' AND "own"."status" = 'running')`;
  await tx.$executeRaw`
    UPDATE "generations" SET "sequence" = "now"."value" ->> 'sequence', "heartbeatAt" = ${heartbeatAt}
    FROM json_each(${rows}) AS "now"
    WHERE "generations"."id" = "now"."value" ->> 'generationId' AND "generations"."status" = 'running'`;
}
