import pg from "pg";
import { Trouble } from "../bootstrap/trouble.mjs";
import { inOrder } from "./in-order.ts";
import type { Column, WritableStore } from "./store.ts";
import { canonical } from "./values.ts";

/** Rows read at once. */
const FETCHED = 500;

/** The database as it is at this moment; servers may go on writing to it. */
export const postgresqlSnapshot = (databaseUrl: string): Promise<WritableStore> =>
  opened(databaseUrl, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

/** The database, which nobody else writes to until it is closed. */
export async function heldPostgresql(databaseUrl: string): Promise<WritableStore> {
  const store = await opened(databaseUrl, "BEGIN");
  for (const table of await store.tables()) await store.lock(table);
  return store;
}

interface Lockable extends WritableStore {
  lock(table: string): Promise<void>;
}

async function opened(databaseUrl: string, begin: string): Promise<Lockable> {
  const client = await connect(databaseUrl);
  await client.query(begin);
  return storeOn(client);
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection that breaks says so to the query that waits; by itself it must not end the process.
  client.on("error", () => {});
  await client.connect().catch((error) => {
    throw new Trouble(`PostgreSQL does not let us in (${error.message || error.code}). Check DATABASE_URL.`);
  });
  return client;
}

function storeOn(client: pg.Client): Lockable {
  const column = async (sql: string): Promise<string[]> =>
    (await client.query({ text: sql, rowMode: "array" })).rows.map(([value]) => value);
  return {
    async migrations() {
      const [table] = await column("SELECT to_regclass('_prisma_migrations')::text");
      if (!table) return [];
      return (await column("SELECT migration_name FROM _prisma_migrations")).sort();
    },
    async tables() {
      const names = await column(`SELECT table_name FROM information_schema.tables
        WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'`);
      const { rows } = await client.query(`SELECT child.relname AS name, parent.relname AS refers
        FROM pg_constraint JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`);
      return inOrder(names, (name) => rows.filter((row) => row.name === name).map((row) => row.refers));
    },
    async columns(table) {
      const { rows } = await client.query<Column>(
        `SELECT column_name AS name, data_type AS type FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
        [table],
      );
      return rows;
    },
    async *rows(table, columns) {
      // Times are kept without a zone and mean UTC, as Prisma writes them.
      const names = columns.map(({ name, type }) =>
        type.startsWith("timestamp") ? `"${name}"::text` : `"${name}"`,
      );
      // A message is written after the one that it answers.
      const order = columns.some(({ name }) => name === "ordinal") ? ` ORDER BY "threadId", "ordinal"` : "";
      await client.query(`DECLARE reading CURSOR FOR SELECT ${names} FROM "${table}"${order}`);
      try {
        for (;;) {
          const { rows } = await client.query({ text: `FETCH ${FETCHED} FROM reading`, rowMode: "array" });
          for (const row of rows) yield columns.map(({ type }, index) => canonical(row[index], type));
          if (rows.length < FETCHED) return;
        }
      } finally {
        await client.query("CLOSE reading");
      }
    },
    async insert(table, columns, rows) {
      const names = columns.map(({ name }) => `"${name}"`).join();
      let place = 0;
      const places = rows.map((values) => `(${values.map(() => `$${++place}`).join()})`).join();
      await client.query(`INSERT INTO "${table}" (${names}) VALUES ${places}`, rows.flat());
    },
    async clear(table) {
      await client.query(`DELETE FROM "${table}"`);
    },
    async lock(table) {
      await client.query(`LOCK TABLE "${table}" IN EXCLUSIVE MODE`);
    },
    async commit() {
      await client.query("COMMIT");
    },
    async close() {
      // What was not committed goes with it.
      await client.end();
    },
  };
}
