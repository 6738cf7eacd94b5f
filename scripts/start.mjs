// npm start: from a bare clone to a serving application, with nothing installed but Node 20 or newer.
// With --dev the application is compiled as it is asked for, and again when its sources change.
import { build } from "./bootstrap/build.mjs";
import { generateClients } from "./bootstrap/clients.mjs";
import { checkPort, loadEnvironment, provideSecret } from "./bootstrap/environment.mjs";
import { bootstrap, root, suitableNode } from "./bootstrap/index.mjs";
import { become } from "./bootstrap/processes.mjs";
import { step } from "./bootstrap/progress.mjs";
import { SERVER_ARGUMENTS, SERVER_MEMORY } from "./bootstrap/server-process.mjs";
import { main } from "./bootstrap/trouble.mjs";

const development = process.argv.includes("--dev");

await main(async () => {
  await suitableNode();
  loadEnvironment(root);
  await checkPort();
  await bootstrap();
  provideSecret();
  await generateClients(root);
  await bringDatabaseUpToDate();
  if (!development) await build(root);
  await serve();
});

async function bringDatabaseUpToDate() {
  const { migrate } = await import("../lib/platform/database/migrate.ts");
  const target = { dataDirectory: process.env.LEEWARD_DATA, databaseUrl: process.env.DATABASE_URL || null };
  await step("Bringing the database up to date", (note) => migrate(target, note));
}

async function serve() {
  process.env.NODE_ENV = development ? "development" : "production";
  if (development) process.env.LEEWARD_DEV = "1";
  Object.assign(process.env, { ...SERVER_MEMORY, ...process.env });
  const withParent = new URL("./bootstrap/with-parent.mjs", import.meta.url).href;
  await become([process.execPath, `--import=${withParent}`, ...SERVER_ARGUMENTS]);
}
