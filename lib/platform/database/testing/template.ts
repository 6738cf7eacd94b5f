import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A migrated, empty database; each test file gets a copy of it. */
    template: { folder: string; server: string | null; database: string };
  }
}

/** Migrates once for a whole run, so that a test file costs a copy. Returns what takes it away again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = project.name === "postgresql" ? (process.env.TEST_DATABASE_URL ?? null) : null;
  const folder = mkdtempSync(join(tmpdir(), "leeward-test-"));
  const database = `leeward_test_${process.pid}_${Date.now()}`;
  if (server) await onServer(server, `CREATE DATABASE ${database}`);
  await migrate({ dataDirectory: folder, databaseUrl: server && databaseOn(server, database) });
  project.provide("template", { folder, server, database });

  return async () => {
    if (server) await onServer(server, `DROP DATABASE ${database} WITH (FORCE)`);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The server's address with another database in it. */
export function databaseOn(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** One statement, on the database that TEST_DATABASE_URL names. */
export async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect().catch((error) => {
    throw new Error(`TEST_DATABASE_URL names a PostgreSQL that does not let us in: ${error.message}`);
  });
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
