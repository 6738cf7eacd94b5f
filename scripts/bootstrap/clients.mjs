import { generate, isGenerated } from "../generate.mjs";
import { withLock } from "./lock.mjs";
import { step } from "./progress.mjs";

/** Generates the database clients, unless they are there. The packages have to be. */
export async function generateClients(root) {
  if (isGenerated()) return;
  await withLock(root, () => step("Generating the database clients", generate));
}
