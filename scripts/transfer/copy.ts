import { Trouble } from "../bootstrap/trouble.mjs";
import { DigestSum } from "./digest-sum.ts";
import type { Row, RowSource, Store, WritableStore } from "./store.ts";

/** Rows sent in one statement. PostgreSQL takes 65,535 values in one. */
const TOGETHER = 100;

/**
 * Copies every row and compares what arrived; nothing is committed yet. Returns how many rows. Throws a Trouble when
 * something arrived otherwise.
 */
export async function copyRows(
  source: RowSource,
  target: WritableStore,
  note: (text: string) => void,
): Promise<number> {
  let rows = 0;
  for (const table of await target.tables()) {
    note(table);
    rows += await copyTable(source, target, table);
  }
  return rows;
}

/** Throws a Trouble with the sentence for a table that holds something. */
export async function refuseUsed(target: Store, sentence: (table: string) => string): Promise<void> {
  for (const table of await target.tables()) {
    for await (const _row of target.rows(table, await target.columns(table)))
      throw new Trouble(sentence(table));
  }
}

async function copyTable(source: RowSource, target: WritableStore, table: string): Promise<number> {
  const columns = await target.columns(table);
  const sent = new DigestSum();
  let batch: Row[] = [];
  const send = async () => {
    if (batch.length > 0) await target.insert(table, columns, batch);
    batch = [];
  };
  for await (const row of source.rows(table, columns)) {
    sent.add(row);
    batch.push(row);
    if (batch.length === TOGETHER) await send();
  }
  await send();
  const arrived = new DigestSum();
  for await (const row of target.rows(table, columns)) arrived.add(row);
  if (!arrived.equals(sent))
    throw new Trouble(`What arrived in "${table}" is not what was sent. Nothing was changed there.`);
  return sent.count;
}
