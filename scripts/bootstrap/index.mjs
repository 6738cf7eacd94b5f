import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./dependencies.mjs";
import { underSuitableNode } from "./node.mjs";
import { stopWithParent } from "./parent.mjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Goes on under a Node that can run the project, in the project's folder. */
export async function suitableNode() {
  process.chdir(root);
  stopWithParent();
  await underSuitableNode(root);
}

/** A suitable Node and the project's packages. Itself, it uses nothing that they would bring. */
export async function bootstrap() {
  await suitableNode();
  await installDependencies(root);
}
