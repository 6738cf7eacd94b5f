import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportedMessage } from "./imported";
import { placedTree } from "./tree";

const message = (id: string, parentId: string | null): ImportedMessage => ({
  id,
  parentId,
  role: "user",
  status: "complete",
  createdAt: null,
  parts: [],
});

function placed(messages: ImportedMessage[], head: string | null = null, most = 1_000) {
  let count = 0;
  const tree = placedTree(messages, head, () => `new-${++count}`, most);
  const names = new Map(tree.placed.map(({ id, message }) => [id, message.id]));
  return {
    order: tree.placed.map(({ message }) => message.id).join(" "),
    parents: tree.placed.map(({ parentId }) => (parentId === null ? "-" : names.get(parentId))).join(" "),
    head: tree.headId === null ? null : names.get(tree.headId),
    lost: tree.lost,
  };
}

describe("messages of somebody's file", () => {
  test("stand in its order, under new ids, with their branches", () => {
    const messages = [message("a", null), message("b", "a"), message("c", "a"), message("d", "b")];
    expect(placed(messages, "c")).toEqual({ order: "a b c d", parents: "- a a b", head: "c", lost: 0 });
  });

  test("stand after what they answer, whatever the order of the file", () => {
    const messages = [message("d", "b"), message("b", "a"), message("a", null), message("c", "a")];
    expect(placed(messages)).toEqual({ order: "a b d c", parents: "- a b a", head: "c", lost: 0 });
  });

  test("begin the thread where their parent is not there", () => {
    expect(placed([message("b", "gone"), message("c", "b")])).toMatchObject({ parents: "- b", lost: 0 });
  });

  test("are lost in a circle, and where two have one name", () => {
    const circle = [
      message("a", "b"),
      message("b", "a"),
      message("c", "c"),
      message("d", "b"),
      message("e", null),
    ];
    expect(placed(circle, "a")).toEqual({ order: "e", parents: "-", head: "e", lost: 4 });
    expect(placed([message("a", null), message("a", null)])).toMatchObject({ order: "a", lost: 1 });
  });

  test("are no more than may be", () => {
    const many = Array.from({ length: 30 }, (_, index) => message(`${index}`, index ? `${index - 1}` : null));
    expect(placed(many, null, 10)).toMatchObject({ lost: 20, head: "9" });
    expect(placed(many.toReversed(), null, 10)).toMatchObject({ lost: 20, head: "9" });
  });

  test("may be as many as fit into a file, in the worst order", () => {
    const followers = Array.from({ length: 200_000 }, (_, index) => message(`${index}`, "first"));
    expect(placed([...followers, message("first", null)], null, 10)).toMatchObject({ lost: 199_991 });
  });

  test("make a tree in which each comes after its parent, whatever the file says", () => {
    const id = fc.constantFrom("a", "b", "c", "d", "e", "f");
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.option(id)), { maxLength: 12 }), (pairs) => {
        const { placed } = placedTree(
          pairs.map(([own, parent]) => message(own, parent)),
          null,
          () => crypto.randomUUID(),
          100,
        );
        const ordinals = new Map(placed.map(({ id, ordinal }) => [id, ordinal]));
        for (const { parentId, ordinal } of placed) {
          if (parentId !== null) expect(ordinals.get(parentId) ?? 99).toBeLessThan(ordinal);
        }
      }),
    );
  });
});
