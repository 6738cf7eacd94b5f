// npm start: from a bare clone to a serving application, with nothing installed but Node 20 or newer.
// With --dev the application is compiled as it is asked for, and again when its sources change.
import { bootstrap, root, suitableNode } from "./bootstrap/index.mjs";
import { step } from "./bootstrap/progress.mjs";
import { main } from "./bootstrap/trouble.mjs";

const development = process.argv.includes("--dev");

await main(async () => {
  await suitableNode();
  // Only now: what follows may use what the Node that was called does not have.
  const { checkPort, loadEnvironment, provideSecret } = await import("./bootstrap/environment.mjs");
  const { generateClients } = await import("./bootstrap/clients.mjs");
  const { build } = await import("./bootstrap/build.mjs");
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
  const { become } = await import("./bootstrap/processes.mjs");
  const { SERVER_ARGUMENTS, SERVER_MEMORY } = await import("./bootstrap/server-process.mjs");
  process.env.NODE_ENV = development ? "development" : "production";
  if (development) process.env.LEEWARD_DEV = "1";
  Object.assign(process.env, { ...SERVER_MEMORY, ...process.env });
  const withParent = new URL("./bootstrap/with-parent.mjs", import.meta.url).href;
  await become([process.execPath, `--import=${withParent}`, ...SERVER_ARGUMENTS]);
}
