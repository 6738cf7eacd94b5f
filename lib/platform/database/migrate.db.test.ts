import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { expect, test } from "vitest";
import { postgresqlSchema } from "../../../scripts/generate.mjs";
import { diagnosis, difference } from "../../../scripts/migrations/schema-engine.ts";
import { postgresqlShadow, sqliteShadow } from "../../../scripts/migrations/shadow.ts";
import { migrate } from "./migrate.ts";
import { sqliteFile } from "./sqlite-file.ts";
import { emptyDatabase } from "./testing/empty-database.ts";

const A = "20250101000000_a";
const B = "20250102000000_b";
const tables = {
  a: "CREATE TABLE a (id INTEGER PRIMARY KEY);",
  b: "CREATE TABLE b (id INTEGER PRIMARY KEY);",
};

test("applies what is missing, in order, once", async () => {
  const { target, write, query } = await emptyDatabase();
  write(B, tables.b);
  write(A, tables.a);
  const heard: string[] = [];
  expect(await migrate(target, (name) => heard.push(name))).toEqual([A, B]);
  expect(heard).toEqual([A, B]);
  expect(await migrate(target)).toEqual([]);
  write("20250103000000_c", "ALTER TABLE a ADD COLUMN name TEXT;");
  expect(await migrate(target)).toEqual(["20250103000000_c"]);
  expect(await query("SELECT name FROM a")).toEqual([]);
});

test("is applied once when several processes start at the same moment", async () => {
  const { target, write } = await emptyDatabase();
  write(A, tables.a);
  write(B, tables.b);
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrateInProcess(target)));
  expect(applied.flat().sort()).toEqual([A, B]);
});

test("refuses a migration that was changed after it was applied", async () => {
  const { target, write } = await emptyDatabase();
  write(A, tables.a);
  await migrate(target);
  write(A, `${tables.a}\n-- changed`);
  write(B, tables.b);
  await expect(migrate(target)).rejects.toThrow(`${A} was changed after it had been applied`);
});

test("refuses a database that is newer than the program", async () => {
  const { target, write } = await emptyDatabase();
  write(A, tables.a);
  write(B, tables.b);
  await migrate(target);
  const older = await emptyDatabase();
  older.write(A, tables.a);
  const mixed = { ...target, migrations: older.target.migrations };
  await expect(migrate(mixed)).rejects.toThrow(
    `newer than this version of Leeward: it has the migration ${B}`,
  );
});

test("leaves nothing of a migration that fails, and applies it when it is put right", async () => {
  const { target, write, query } = await emptyDatabase();
  write(A, tables.a);
  write(B, `${tables.b}\nINSERT INTO nowhere VALUES (1);`);
  await expect(migrate(target)).rejects.toThrow(`The migration ${B} could not be applied`);
  await expect(query("SELECT * FROM b")).rejects.toThrow();
  expect(await query("SELECT migration_name FROM _prisma_migrations")).toEqual([{ migration_name: A }]);
  write(B, tables.b);
  expect(await migrate(target)).toEqual([B]);
});

test("refuses what another program left half done, and ignores what was rolled back", async () => {
  const { target, write, query } = await emptyDatabase();
  write(A, tables.a);
  write(B, tables.b);
  await migrate(target);
  await query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${B}'`);
  await expect(migrate(target)).rejects.toThrow(`${B} was begun by another program and never finished`);
  await query(`UPDATE _prisma_migrations SET rolled_back_at = started_at WHERE migration_name = '${B}'`);
  await query("DROP TABLE b");
  expect(await migrate(target)).toEqual([B]);
});

test("agrees with Prisma about the project's own migrations", async () => {
  const { target, engine } = await emptyDatabase();
  const directory = join("prisma/migrations", engine);
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const itsSchema = engine === "sqlite" ? schema : postgresqlSchema(schema);
  const ours = { ...target, migrations: "prisma/migrations" };
  const empty = await emptyDatabase();

  expect(await migrate(ours)).not.toEqual([]);
  await onEngine(ours, async (database) => {
    expect(await diagnosis(engine, directory, itsSchema, database)).toMatchObject({
      hasMigrationsTable: true,
      editedMigrationNames: [],
      failedMigrationNames: [],
      history: null,
    });
  });
  await onEngine({ ...empty.target, dataDirectory: null }, async (shadow) => {
    expect(await difference(engine, directory, itsSchema, shadow)).toBeNull();
  });
});

/** Prisma's engine on the target; on SQLite without a data directory, on memory. */
async function onEngine(
  { databaseUrl, dataDirectory }: { databaseUrl: string | null; dataDirectory: string | null },
  use: (database: ReturnType<typeof sqliteShadow>) => Promise<void>,
): Promise<void> {
  if (!databaseUrl) return use(sqliteShadow(dataDirectory ? sqliteFile(dataDirectory) : undefined));
  const pool = new pg.Pool({ connectionString: databaseUrl });
  try {
    await use(postgresqlShadow(pool));
  } finally {
    await pool.end();
  }
}

/** What one process of its own applied. */
function migrateInProcess(target: object): Promise<string[]> {
  const module = pathToFileURL("lib/platform/database/migrate.ts").href;
  const program = `
    const { migrate } = await import(${JSON.stringify(module)});
    console.log(JSON.stringify(await migrate(${JSON.stringify(target)})));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`exit ${code}`)),
    );
  });
}
