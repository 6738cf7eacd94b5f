import type Database from "better-sqlite3";
import pg from "pg";
import { migrate } from "../../lib/platform/database/migrate.ts";
import { Trouble } from "../bootstrap/trouble.mjs";
import { tablesOf } from "./source.ts";
import { type ColumnType, canonical, digestOf } from "./values.ts";

/** Rows sent in one statement. PostgreSQL takes 65,535 values in one. */
const TOGETHER = 100;

interface Column {
  name: string;
  type: ColumnType;
}

/**
 * Copies every row to an empty PostgreSQL, in one transaction, and compares what arrived: all of it is there
 * afterwards, or nothing. Returns how many rows. Throws a Trouble when the database there is in use or not empty.
 */
export async function moveDatabase(
  source: Database.Database,
  dataDirectory: string,
  databaseUrl: string,
  note: (text: string) => void,
): Promise<number> {
  const there = await migrationsThere(dataDirectory, databaseUrl);
  if (migrationsHere(source).join() !== there.join()) {
    throw new Trouble(
      "The data directory is of another version. Unset DATABASE_URL, start Leeward once, stop it, and run this again.",
    );
  }
  const target = await connect(databaseUrl);
  try {
    await target.query("BEGIN");
    const tables = tablesOf(source);
    await refuseUsed(target, tables);
    let rows = 0;
    for (const table of tables) {
      note(table);
      rows += await copyTable(source, target, table);
    }
    await target.query("COMMIT");
    return rows;
  } finally {
    // A transaction that was not committed goes with it.
    await target.end();
  }
}

/** Makes the tables where they are missing; the names of the migrations that made them. */
async function migrationsThere(dataDirectory: string, databaseUrl: string): Promise<string[]> {
  await migrate({ dataDirectory, databaseUrl });
  const target = await connect(databaseUrl);
  try {
    const { rows } = await target.query("SELECT migration_name FROM _prisma_migrations");
    return rows.map(({ migration_name }) => migration_name).sort();
  } finally {
    await target.end();
  }
}

const migrationsHere = (source: Database.Database): string[] =>
  (source.prepare("SELECT migration_name FROM _prisma_migrations").pluck().all() as string[]).sort();

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection that breaks says so to the query that waits; by itself it must not end the process.
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function refuseUsed(target: pg.Client, tables: string[]): Promise<void> {
  for (const table of tables) {
    // Nobody else writes from here on, to the end of the transaction.
    await target.query(`LOCK TABLE "${table}" IN EXCLUSIVE MODE`);
    const { rows } = await target.query(`SELECT count(*)::int AS count FROM "${table}"`);
    if (rows[0].count === 0) continue;
    throw new Trouble(
      `The database of DATABASE_URL is not empty: there are ${rows[0].count} rows in "${table}". Name an empty one.`,
    );
  }
}

async function copyTable(source: Database.Database, target: pg.Client, table: string): Promise<number> {
  const columns = await columnsOf(target, table);
  const names = columns.map(({ name }) => `"${name}"`).join();
  const sent: string[] = [];
  let batch: unknown[][] = [];
  const send = async () => {
    if (batch.length > 0)
      await target.query(`INSERT INTO "${table}" (${names}) VALUES ${places(batch)}`, batch.flat());
    batch = [];
  };
  // In the order of writing: a message comes after the one that it answers.
  for (const row of source.prepare(`SELECT ${names} FROM "${table}" ORDER BY rowid`).raw().iterate()) {
    const values = columns.map(({ type }, index) => canonical((row as unknown[])[index], type));
    sent.push(digestOf(values));
    batch.push(values);
    if (batch.length === TOGETHER) await send();
  }
  await send();
  await compare(target, table, columns, sent);
  return sent.length;
}

/** Times are kept without a zone and mean UTC, as Prisma writes them. */
async function columnsOf(target: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await target.query(
    "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
    [table],
  );
  return rows;
}

const places = (batch: unknown[][]): string => {
  let place = 0;
  return batch.map((values) => `(${values.map(() => `$${++place}`).join()})`).join();
};

async function compare(target: pg.Client, table: string, columns: Column[], sent: string[]): Promise<void> {
  const names = columns.map(({ name, type }) =>
    type.startsWith("timestamp") ? `"${name}"::text` : `"${name}"`,
  );
  const query = { text: `SELECT ${names.join()} FROM "${table}"`, rowMode: "array" };
  const { rows } = await target.query<unknown[]>(query as pg.QueryArrayConfig);
  const arrived = rows.map((row) =>
    digestOf(row.map((value, index) => canonical(value, columns[index]?.type ?? ""))),
  );
  if (arrived.toSorted().join() === sent.toSorted().join()) return;
  throw new Trouble(`What arrived in "${table}" is not what was sent. Nothing was moved.`);
}
