import type { Node } from "@/lib/messages/tree";
import type { SiblingPlace } from "./types";

/** Where each message of the path stands among those beside it; those that stand alone are left out. */
export function siblingPlaces(
  nodes: ReadonlyMap<string, Node>,
  path: readonly string[],
): Map<string, SiblingPlace> {
  const byParent = new Map<string | null, Node[]>();
  for (const node of nodes.values()) {
    const beside = byParent.get(node.parentId);
    if (beside) beside.push(node);
    else byParent.set(node.parentId, [node]);
  }
  const places = new Map<string, SiblingPlace>();
  for (const id of path) {
    const beside = byParent.get(nodes.get(id)?.parentId ?? null) ?? [];
    if (beside.length < 2) continue;
    const ids = beside.sort((a, b) => a.ordinal - b.ordinal).map(({ id }) => id);
    const at = ids.indexOf(id);
    const [previousId = null, nextId = null] = [ids[at - 1], ids[at + 1]];
    places.set(id, { position: at + 1, count: ids.length, previousId, nextId });
  }
  return places;
}
