import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { pathTo } from "@/lib/messages/tree";
import { database } from "@/lib/platform/database";
import { aPerson } from "@/lib/testing/people";
import type { Actor } from "@/lib/users/actor";
import { messagesOf, threadDetail, threadStart } from "./queries";

let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

/** A thread of so many messages, one after the other; the first answer has a sibling. */
async function aThread(length: number): Promise<{ id: string; ids: string[]; siblingId: string }> {
  const id = randomUUID();
  const ids = Array.from({ length }, () => randomUUID());
  const siblingId = randomUUID();
  await database().thread.create({ data: { id, ownerId: ada.id, title: "Long", headMessageId: ids.at(-1) } });
  const rows = ids.map((messageId, index) => ({
    id: messageId,
    threadId: id,
    parentId: ids[index - 1] ?? null,
    role: index % 2 === 0 ? "user" : "assistant",
    parts: [{ type: "text", text: `Number ${index + 1}` }],
    ordinal: index + 1,
  }));
  const sibling = { ...rows[1], id: siblingId, ordinal: length + 1 } as (typeof rows)[number];
  await database().message.createMany({ data: [...rows, sibling] });
  return { id, ids, siblingId };
}

describe("what a thread's page begins with", () => {
  it("is the end of the open branch, and of the rest its places in the tree", async () => {
    const { id, ids, siblingId } = await aThread(60);
    const start = await threadStart(ada, id);
    expect(start.messages.map((message) => message.id)).toEqual(ids.slice(-start.messages.length));
    expect(start.messages.length).toBeLessThan(25);
    const nodes = [...start.outline, ...start.messages];
    expect(nodes).toHaveLength(61);
    const branch = pathTo(new Map(nodes.map((node) => [node.id, node])), start.headMessageId);
    expect(branch.map((node) => node.id)).toEqual(ids);
    expect(nodes.some((node) => node.id === siblingId)).toBe(true);
    expect(JSON.stringify(start.outline)).not.toContain("Number");
  });

  it("is all of a short thread, as it is read whole", async () => {
    const { id } = await aThread(4);
    const { outline, ...start } = await threadStart(ada, id);
    expect(outline.map((node) => node.ordinal)).toEqual([5]);
    expect(start.messages).toEqual((await threadDetail(ada, id)).messages.slice(0, 4));
  });

  it("can be of more answers than the database takes values in one question", async () => {
    const { id } = await aThread(2_020);
    const { messages } = await threadDetail(ada, id);
    expect(messages).toHaveLength(2_021);
    expect((await threadStart(ada, id)).outline.length).toBeGreaterThan(1_900);
  });

  it("brings the rest as it is asked for, in order, nothing of another thread", async () => {
    const { id, ids } = await aThread(6);
    const other = await aThread(2);
    const brought = await messagesOf(ada, id, [ids[2], ids[0], other.ids[0]] as string[]);
    expect(brought.map((message) => message.parts)).toEqual([
      [{ type: "text", text: "Number 1" }],
      [{ type: "text", text: "Number 3" }],
    ]);
  });

  it("threat 1: is not found by somebody else, whole or in part", async () => {
    const { id, ids } = await aThread(3);
    await expect(threadStart(eve, id)).rejects.toMatchObject({ code: "not-found" });
    await expect(messagesOf(eve, id, ids)).rejects.toMatchObject({ code: "not-found" });
  });
});
