// npm run migration -- NAME   writes the SQL for both engines that leads to prisma/schema.prisma
// npm run migration:check     fails when the migrations and the schema disagree, on either engine
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { postgresqlSchema } from "../generate.mjs";
import { difference, type Engine } from "./schema-engine.ts";
import { sqliteShadow, withPostgresqlShadow } from "./shadow.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const schema = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
const directoryOf = (engine: Engine) => join(root, "prisma/migrations", engine);

const [argument] = process.argv.slice(2);
process.exitCode = argument === "--check" ? await check() : await write(argument ?? "");

async function check(): Promise<number> {
  let failed = 0;
  for (const [engine, sql] of await differences()) {
    console.log(
      sql ? `${engine}: prisma/schema.prisma wants more than the migrations give:\n${sql}` : `${engine}: ok`,
    );
    if (sql) failed = 1;
  }
  if (failed) console.log('Write a migration with "npm run migration -- what-it-does".');
  return failed;
}

async function write(title: string): Promise<number> {
  if (!/^[a-z0-9]+([-_][a-z0-9]+)*$/.test(title)) {
    console.error('Say what it does, in lower case: "npm run migration -- add-shares".');
    return 1;
  }
  const name = `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${title.replaceAll("-", "_")}`;
  const found = await differences();
  if (found.every(([, sql]) => sql === null)) {
    console.log("Nothing to do: the migrations give what prisma/schema.prisma says.");
    return 0;
  }
  for (const [engine, sql] of found) {
    const folder = join(directoryOf(engine), name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "migration.sql"), sql ?? "-- Nothing to change on this engine.\n");
    console.log(`Written: prisma/migrations/${engine}/${name}/migration.sql`);
  }
  console.log("Read both files before you commit them: data is yours to move.");
  return 0;
}

async function differences(): Promise<[Engine, string | null][]> {
  return [
    ["sqlite", await difference("sqlite", directoryOf("sqlite"), schema, sqliteShadow())],
    [
      "postgresql",
      await withPostgresqlShadow((shadow) =>
        difference("postgresql", directoryOf("postgresql"), postgresqlSchema(schema), shadow),
      ),
    ],
  ];
}
