import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type BetterSqlite3 from "better-sqlite3";

/** Statements kept for each connection; lists of ids of every length make new ones. */
const MOST_KEPT = 300;

/**
 * Keeps the prepared statements of a connection. Prisma's driver prepares each query anew and binds the values
 * for good, which is a seventh of the time that a short query takes; here the values go in with each run.
 */
export function keepStatements(connection: SqlDriverAdapter): void {
  const { client } = connection as unknown as { client: BetterSqlite3.Database };
  const prepare = client.prepare.bind(client);
  const kept = new Map<string, ReturnType<typeof bindable>>();
  const statement = (sql: string) => {
    const found = kept.get(sql);
    if (found) return found;
    const made = bindable(prepare(sql));
    const oldest = kept.size < MOST_KEPT ? undefined : kept.keys().next().value;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(sql, made);
    return made;
  };
  Object.assign(client, { prepare: statement });
}

/** As much of a statement as the driver uses. What its columns are is asked once. */
function bindable(statement: BetterSqlite3.Statement) {
  let columns: BetterSqlite3.ColumnDefinition[] | undefined;
  return {
    bind: (values: unknown[]) => ({
      reader: statement.reader,
      columns: () => {
        columns ??= statement.columns();
        return columns;
      },
      run: () => statement.run(values),
      raw: () => ({ all: () => statement.raw().all(values) }),
    }),
    run: () => statement.run(),
  };
}
