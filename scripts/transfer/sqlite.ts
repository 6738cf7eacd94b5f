import Database from "better-sqlite3";
import { Trouble } from "../bootstrap/trouble.mjs";
import { inOrder } from "./in-order.ts";
import type { Column, Row, Store, WritableStore } from "./store.ts";
import { canonical } from "./values.ts";

/** The embedded database as it is at this moment; a server may go on writing to it. */
export function sqliteSnapshot(file: string): Store {
  const connection = new Database(file, { readonly: true, fileMustExist: true });
  // In WAL mode a transaction sees what was committed before its first query, and stands in nobody's way.
  connection.exec("BEGIN");
  return storeOn(connection);
}

/**
 * The embedded database for this process alone, until it is closed. Throws a Trouble while a server has it open:
 * what that writes meanwhile would be left behind, or lost.
 */
export function heldSqlite(file: string): WritableStore {
  const connection = new Database(file, { timeout: 0, fileMustExist: true });
  try {
    // All of them are checked before the commit.
    connection.pragma("foreign_keys = OFF");
    connection.pragma("synchronous = FULL");
    // In this mode the file itself is locked, which every open connection stands in the way of, a resting one too.
    connection.pragma("locking_mode = EXCLUSIVE");
    connection.exec("BEGIN EXCLUSIVE");
    return storeOn(connection);
  } catch (error) {
    connection.close();
    if (!String((error as { code?: string }).code).startsWith("SQLITE_BUSY")) throw error;
    throw new Trouble(`${file} is in use. Stop Leeward, then run this again.`);
  }
}

interface ForeignKey {
  table: string;
}

function storeOn(connection: Database.Database): WritableStore {
  const pluck = (sql: string) => connection.prepare(sql).pluck().all() as string[];
  return {
    async migrations() {
      return pluck("SELECT migration_name FROM _prisma_migrations ORDER BY migration_name");
    },
    async tables() {
      const names = pluck(`SELECT name FROM sqlite_master WHERE type = 'table'
         AND name NOT LIKE 'sqlite@_%' ESCAPE '@' AND name <> '_prisma_migrations'`);
      return inOrder(names, (name) =>
        (connection.pragma(`foreign_key_list("${name}")`) as ForeignKey[]).map(({ table }) => table),
      );
    },
    async columns(table) {
      const columns = connection.pragma(`table_info("${table}")`) as Column[];
      return columns.map(({ name, type }) => ({ name, type: typeOf(type) }));
    },
    async *rows(table, columns) {
      const names = columns.map(({ name }) => `"${name}"`).join();
      // In the order of writing: a message comes after the one that it answers.
      const rows = connection.prepare(`SELECT ${names} FROM "${table}" ORDER BY rowid`).raw().iterate();
      for (const row of rows as Iterable<Row>)
        yield columns.map(({ type }, index) => canonical(row[index], type));
    },
    async insert(table, columns, rows) {
      const names = columns.map(({ name }) => `"${name}"`).join();
      const places = columns.map(() => "?").join();
      const statement = connection.prepare(`INSERT INTO "${table}" (${names}) VALUES (${places})`);
      for (const row of rows) statement.run(columns.map(({ type }, index) => asWritten(row[index], type)));
    },
    async clear(table) {
      connection.exec(`DELETE FROM "${table}"`);
    },
    async commit() {
      const [broken] = connection.pragma("foreign_key_check") as { table: string; parent: string }[];
      if (broken)
        throw new Trouble(
          `A row in "${broken.table}" refers to one in "${broken.parent}" that is not there.`,
        );
      connection.exec("COMMIT");
    },
    async close() {
      // What was not committed goes with it.
      connection.close();
    },
  };
}

/** The engines' names for the types that the schema has. */
const TYPES: Record<string, string> = {
  TEXT: "text",
  INTEGER: "integer",
  BOOLEAN: "boolean",
  JSONB: "jsonb",
  DATETIME: "timestamp without time zone",
  REAL: "double precision",
};

function typeOf(declared: string): string {
  const type = TYPES[declared];
  if (!type) throw new Error(`a column is ${declared}, which has no counterpart here yet`);
  return type;
}

/** As Prisma writes it: times are compared as text. */
function asWritten(value: unknown, type: string): unknown {
  if (typeof value === "boolean") return Number(value);
  if (type.startsWith("timestamp") && typeof value === "string") return value.replace("Z", "+00:00");
  return value;
}
