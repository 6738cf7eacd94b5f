import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { DiffTarget, MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { type Migration, readMigrations } from "../../lib/platform/database/migrations.ts";
import type { Shadow } from "./shadow.ts";

export type Engine = "sqlite" | "postgresql";

/**
 * The SQL that leads from what the migrations give to what the schema says; null when they agree. Prisma's
 * own schema engine (as WebAssembly, from the npm package) applies the migrations to an empty shadow
 * database, reads the schema back and compares.
 */
export async function difference(engine: Engine, directory: string, schema: string, shadow: Shadow) {
  const schemaEngine = await start(schema, shadow);
  const { stdout } = await schemaEngine.diff({
    from: { tag: "migrations", ...migrationList(engine, readMigrations(directory)) },
    to: target(schema),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const sql = stdout ?? "";
  return /^\s*(--.*\s*)*$/.test(sql) ? null : sql;
}

/** What Prisma says of a database that our migrator brought up to date: null is "nothing to say". */
export async function diagnosis(engine: Engine, directory: string, schema: string, shadow: Shadow) {
  const schemaEngine = await start(schema, shadow);
  return schemaEngine.diagnoseMigrationHistory({
    migrationsList: migrationList(engine, readMigrations(directory)),
    optInToShadowDatabase: false,
    filters: { externalTables: [], externalEnums: [] },
  });
}

async function start(schema: string, shadow: Shadow): Promise<SchemaEngine> {
  loaded ??= load();
  const adapter = bindMigrationAwareSqlAdapterFactory(shadow);
  return (await loaded).new({ datamodels: [["schema.prisma", schema]] }, () => {}, adapter);
}

// Once: the package keeps its one instance in a variable of the module.
let loaded: Promise<typeof SchemaEngine> | undefined;

/** The package's own entry imports the .wasm file as a module, which not every Node does. */
async function load(): Promise<typeof SchemaEngine> {
  const glueFile = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const glue = await import(glueFile);
  const bytes = readFileSync(glueFile.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine;
}

function target(schema: string): DiffTarget {
  return { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] };
}

function migrationList(engine: Engine, migrations: Migration[]): MigrationList {
  return {
    baseDir: "migrations",
    lockfile: { path: "migration_lock.toml", content: `provider = "${engine}"\n` },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}
