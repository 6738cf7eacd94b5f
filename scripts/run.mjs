// node scripts/run.mjs FILE ...   runs one of the project's TypeScript programs under a Node that can.
import { generateClients } from "./bootstrap/clients.mjs";
import { bootstrap, root } from "./bootstrap/index.mjs";
import { become } from "./bootstrap/processes.mjs";
import { main } from "./bootstrap/trouble.mjs";

await main(async () => {
  await bootstrap();
  await generateClients(root);
  await become([process.execPath, "--disable-warning=ExperimentalWarning", ...process.argv.slice(2)]);
});
