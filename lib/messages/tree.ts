/** What the tree needs of a message. */
export interface Node {
  id: string;
  parentId: string | null;
  ordinal: number;
}

/** The branch that ends in `headId`, root first. Empty for null or an unknown id. Shared by server and browser. */
export function pathTo<T extends Node>(nodes: ReadonlyMap<string, T>, headId: string | null): T[] {
  const path: T[] = [];
  const seen = new Set<string>();
  for (let id = headId; id !== null && !seen.has(id); ) {
    seen.add(id);
    const node = nodes.get(id);
    if (!node) break;
    path.push(node);
    id = node.parentId;
  }
  return path.reverse();
}

/** The messages beside `id`, itself included, oldest first. */
export function siblingsOf<T extends Node>(nodes: ReadonlyMap<string, T>, id: string): T[] {
  const node = nodes.get(id);
  if (!node) return [];
  return [...nodes.values()].filter((other) => other.parentId === node.parentId).sort(byOrdinal);
}

/** The newest message at the end of the branches below `id`: where walking to a sibling leads. */
export function latestLeaf<T extends Node>(nodes: ReadonlyMap<string, T>, id: string): string {
  const parents = new Map<string, T>();
  for (const node of nodes.values()) {
    const best = node.parentId === null ? undefined : parents.get(node.parentId);
    if (node.parentId !== null && (!best || best.ordinal < node.ordinal)) parents.set(node.parentId, node);
  }
  let leaf = id;
  for (let next = parents.get(leaf); next; next = parents.get(leaf)) leaf = next.id;
  return leaf;
}

/** What becomes of the messages below one that is deleted: gone with it, or following the one before it. */
export type Following = "removed" | "joined";

export interface Pruned<T extends Node> {
  /** What is left; those that moved have their new parent. */
  nodes: Map<string, T>;
  /** Ids of what is gone, each after those below it. */
  removed: string[];
  /** Ids of the messages that now follow the one before. */
  moved: string[];
}

/** The tree without this message. An unknown id changes nothing. */
export function without<T extends Node>(
  nodes: ReadonlyMap<string, T>,
  id: string,
  following: Following,
): Pruned<T> {
  const left = new Map(nodes);
  const node = nodes.get(id);
  if (!node) return { nodes: left, removed: [], moved: [] };
  const removed = following === "removed" ? below(nodes, id) : [id];
  for (const gone of removed) left.delete(gone);
  const moved = following === "joined" ? childrenOf(nodes, id) : [];
  for (const child of moved) left.set(child.id, { ...child, parentId: node.parentId });
  return { nodes: left, removed, moved: moved.map((child) => child.id) };
}

/**
 * Where the open branch ends after messages were deleted: where it did, if that is still there; else at the newest
 * end below the last message of it that is. Null for an empty tree.
 */
export function headAfter<T extends Node>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  headId: string | null,
): string | null {
  if (headId !== null && after.has(headId)) return headId;
  const survivor = pathTo(before, headId).findLast((node) => after.has(node.id));
  if (survivor) return latestLeaf(after, survivor.id);
  const newest = [...after.values()]
    .filter((node) => node.parentId === null)
    .sort(byOrdinal)
    .at(-1);
  return newest ? latestLeaf(after, newest.id) : null;
}

/** The message and all that follow it on any branch, each after those below it. */
function below<T extends Node>(nodes: ReadonlyMap<string, T>, id: string): string[] {
  const children = new Map<string, string[]>();
  for (const { id, parentId } of nodes.values()) {
    if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), id]);
  }
  const found = [id];
  for (const next of found) found.push(...(children.get(next) ?? []));
  return found.reverse();
}

const childrenOf = <T extends Node>(nodes: ReadonlyMap<string, T>, id: string): T[] =>
  [...nodes.values()].filter((node) => node.parentId === id);

const byOrdinal = (a: Node, b: Node) => a.ordinal - b.ordinal;
