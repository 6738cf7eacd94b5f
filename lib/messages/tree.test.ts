import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Following, headAfter, latestLeaf, type Node, pathTo, siblingsOf, without } from "./tree";

/** Any tree: each node's parent is one written before it. */
const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).map((choices) => {
  const nodes = choices.map((choice, i): Node => {
    const parent = choice % (i + 1);
    return { id: `m${i}`, parentId: parent === i ? null : `m${parent}`, ordinal: i + 1 };
  });
  return new Map(nodes.map((node) => [node.id, node]));
});

describe("the message tree", () => {
  it("a path starts at a root, ends at its head, and each follows its parent", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (tree, pick) => {
        const head = [...tree.keys()][pick % tree.size] as string;
        const path = pathTo(tree, head);
        expect(path.at(-1)?.id).toBe(head);
        expect(path.map((node) => node.parentId)).toEqual([
          null,
          ...path.slice(0, -1).map((node) => node.id),
        ]);
      }),
    );
  });

  it("siblings share the parent, are in order of writing, and hold the message itself", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        for (const node of tree.values()) {
          const siblings = siblingsOf(tree, node.id);
          expect(siblings).toContain(node);
          expect(siblings.every((sibling) => sibling.parentId === node.parentId)).toBe(true);
          expect(siblings.map((sibling) => sibling.ordinal)).toEqual(
            siblings.map((s) => s.ordinal).sort((a, b) => a - b),
          );
        }
      }),
    );
  });

  it("the latest leaf is below its message and has no children", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        for (const id of tree.keys()) {
          const leaf = latestLeaf(tree, id);
          expect(pathTo(tree, leaf).map((node) => node.id)).toContain(id);
          expect([...tree.values()].some((node) => node.parentId === leaf)).toBe(false);
        }
      }),
    );
  });

  it("an unknown head and a cycle end", () => {
    const cycle = new Map([
      ["a", { id: "a", parentId: "b", ordinal: 1 }],
      ["b", { id: "b", parentId: "a", ordinal: 2 }],
    ]);
    expect(pathTo(cycle, "a").map((node) => node.id)).toEqual(["b", "a"]);
    expect(pathTo(cycle, "nowhere")).toEqual([]);
    expect(pathTo(cycle, null)).toEqual([]);
  });
});

type Operation = { do: "add"; below: number } | { do: "edit" | "walk" | "removed" | "joined"; at: number };

const operations = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("add" as const), below: fc.nat() }),
    fc.record({ do: fc.constantFrom("edit" as const, "walk" as const), at: fc.nat() }),
    fc.record({ do: fc.constantFrom("removed" as const, "joined" as const), at: fc.nat() }),
  ),
  { maxLength: 80 },
);

/** A thread as both sides keep it: its tree and where the open branch ends. */
class Thread {
  nodes: ReadonlyMap<string, Node> = new Map();
  head: string | null = null;
  #written = 0;

  take(operation: Operation): void {
    const node = this.#pick(operation.do === "add" ? operation.below : operation.at);
    if (operation.do === "add") this.#write(node?.id ?? null);
    if (!node || operation.do === "add") return;
    // An edited question and another answer are the same to the tree: a new message beside the old one.
    if (operation.do === "edit") this.#write(node.parentId);
    else if (operation.do === "walk") this.head = latestLeaf(this.nodes, node.id);
    else this.#delete(node.id, operation.do);
  }

  #write(parentId: string | null): void {
    const ordinal = ++this.#written;
    const node = { id: `m${ordinal}`, parentId, ordinal };
    this.nodes = new Map(this.nodes).set(node.id, node);
    this.head = node.id;
  }

  #delete(id: string, following: Following): void {
    const before = this.nodes;
    this.nodes = without(before, id, following).nodes;
    this.head = headAfter(before, this.nodes, this.head);
  }

  #pick = (at: number): Node | undefined => [...this.nodes.values()][at % Math.max(1, this.nodes.size)];
}

describe("any sequence of edits, answers, walks and deletions", () => {
  it("keeps one path from a root to the head, no cycle, and nothing whose parent is gone", () => {
    fc.assert(
      fc.property(operations, (sequence) => {
        const thread = new Thread();
        for (const operation of sequence) {
          thread.take(operation);
          const { nodes, head } = thread;
          expect(head === null).toBe(nodes.size === 0);
          if (head !== null) {
            const path = pathTo(nodes, head);
            expect(path[0]?.parentId).toBeNull();
            expect(path.at(-1)?.id).toBe(head);
          }
          for (const node of nodes.values()) {
            const parent = node.parentId === null ? null : nodes.get(node.parentId);
            // Written before it: then no chain of parents can come back to where it began.
            expect(parent === null || (parent !== undefined && parent.ordinal < node.ordinal)).toBe(true);
          }
        }
      }),
    );
  });

  it("a deletion takes the message and what follows, or the message alone, and nothing else", () => {
    fc.assert(
      fc.property(trees, fc.nat(), (tree, pick) => {
        const id = [...tree.keys()][pick % tree.size] as string;
        const isBelow = (other: string) => pathTo(tree, other).some((node) => node.id === id);
        const all = without(tree, id, "removed");
        expect([...all.nodes.keys()]).toEqual([...tree.keys()].filter((other) => !isBelow(other)));
        expect(new Set(all.removed)).toEqual(new Set([...tree.keys()].filter(isBelow)));
        const one = without(tree, id, "joined");
        expect([...one.nodes.keys()]).toEqual([...tree.keys()].filter((other) => other !== id));
        for (const moved of one.moved) {
          expect(tree.get(moved)?.parentId).toBe(id);
          expect(one.nodes.get(moved)?.parentId).toBe(tree.get(id)?.parentId);
        }
      }),
    );
  });

  it("removes each message after those below it", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { removed } = without(tree, "m0", "removed");
        for (const [i, id] of removed.entries()) {
          const parentId = tree.get(id)?.parentId;
          if (parentId) expect(removed.indexOf(parentId)).toBeGreaterThan(i);
        }
      }),
    );
  });

  it("deleting one of several answers leads to the newest that is left", () => {
    const tree = new Map<string, Node>(
      [
        { id: "q", parentId: null, ordinal: 1 },
        { id: "a1", parentId: "q", ordinal: 2 },
        { id: "a2", parentId: "q", ordinal: 3 },
      ].map((node) => [node.id, node]),
    );
    expect(headAfter(tree, without(tree, "a2", "removed").nodes, "a2")).toBe("a1");
    expect(headAfter(tree, without(tree, "q", "removed").nodes, "a2")).toBeNull();
    expect(headAfter(tree, without(tree, "q", "joined").nodes, "a2")).toBe("a2");
  });
});
