import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";

/** An empty database in which the schema engine tries the migrations. */
export type Shadow = SqlMigrationAwareDriverAdapterFactory;

/** SQLite in memory, or the file to be diagnosed. */
export function sqliteShadow(file = ":memory:"): Shadow {
  const factory = new PrismaBetterSqlite3({ url: file });
  const connect = async () => runScripts(await factory.connect());
  return { provider: "sqlite", adapterName: factory.adapterName, connect, connectToShadowDb: connect };
}

/** PostgreSQL itself, compiled to WebAssembly, in this process: no server is needed. Use it in one go. */
export async function withPostgresqlShadow<T>(use: (shadow: Shadow) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "leeward-shadow-"));
  const postgresql = await PGlite.create();
  const server = new PGLiteSocketServer({
    db: postgresql,
    path: join(folder, ".s.PGSQL.5432"),
    maxConnections: 8,
  });
  await server.start();
  const pool = new pg.Pool({ host: folder, user: "postgres", database: "postgres" });
  try {
    return await use(postgresqlShadow(pool));
  } finally {
    await pool.end();
    await server.stop();
    await postgresql.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The pool's database is the shadow itself: it has to be empty, or the one to be diagnosed. */
export function postgresqlShadow(pool: pg.Pool): Shadow {
  readInternalCharAsText(pool);
  const factory = new PrismaPg(pool);
  const connect = () => factory.connect();
  return { provider: "postgres", adapterName: factory.adapterName, connect, connectToShadowDb: connect };
}

/** The engine sends whole migrations as one statement, which better-sqlite3 refuses. */
function runScripts(connection: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = connection.executeRaw.bind(connection);
  connection.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await connection.executeScript(query.sql);
    return 0;
  };
  return connection;
}

/** The catalogue has columns of the type "char" (18), which the adapter does not know; they read as text (25). */
function readInternalCharAsText(pool: pg.Pool): void {
  const query = pool.query.bind(pool) as (...parameters: unknown[]) => Promise<pg.QueryResult>;
  const patched = async (...parameters: unknown[]) => {
    const result = await query(...parameters);
    for (const field of result.fields ?? []) if (field.dataTypeID === 18) field.dataTypeID = 25;
    return result;
  };
  pool.query = patched as typeof pool.query;
}
