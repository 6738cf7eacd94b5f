// node scripts/run.mjs FILE ...   runs one of the project's TypeScript programs under a Node that can.
import { bootstrap, root } from "./bootstrap/index.mjs";
import { main } from "./bootstrap/trouble.mjs";

await main(async () => {
  await bootstrap();
  const { generateClients } = await import("./bootstrap/clients.mjs");
  const { become } = await import("./bootstrap/processes.mjs");
  await generateClients(root);
  await become([process.execPath, "--disable-warning=ExperimentalWarning", ...process.argv.slice(2)]);
});
