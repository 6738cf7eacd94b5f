import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { createShare } from "@/lib/shares/commands";
import { aShare, aThread } from "@/lib/shares/testing";
import { openShare, readSharedImage } from "@/lib/shares/viewing";
import type { Actor } from "./actor";
import { register, signIn } from "./commands";
import { leave, systemFinishLeaving } from "./leaving";
import { someoneRegistered } from "./queries";
import { actorOfSession } from "./sessions";

const PASSWORD = "seventeen quiet herons";
const NOBODY = { actor: null, pass: null };
const address = () => randomUUID();

async function somebody(role: Actor["role"] = "member"): Promise<Actor & { email: string }> {
  const email = `${randomUUID()}@example.org`;
  const { id } = await register({ name: "Ada", email, password: PASSWORD }, address());
  await database().user.update({ where: { id }, data: { role } });
  return { id, role, email };
}

const gone = (id: string) =>
  vi.waitFor(
    async () => {
      await systemFinishLeaving();
      expect(await database().user.count({ where: { id } })).toBe(0);
    },
    { timeout: 30_000 },
  );

const tokenOf = ({ path }: { path: string }) => path.replace("/s/", "");

describe("whoever deletes their account", () => {
  it("takes everything along: sessions, shares and their pictures at once, rows and files behind it", async () => {
    const ada = await somebody();
    const eve = await somebody();
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "teal" } })
      .png()
      .toBuffer();
    const { threadId } = await aThread(ada, picture);
    const choices = { messages: [1, 2], pictures: ["1.0"], redactions: [], name: false, dates: false };
    const token = tokenOf(await createShare(ada, aShare(threadId, { choices })));
    const opened = await openShare(token, NOBODY);
    const [part] = opened.state === "open" ? (opened.share.snapshot.messages[0]?.parts ?? []) : [];
    const imageId = part?.type === "image" ? part.id : "";
    await readSharedImage(token, imageId, NOBODY);
    const other = await aThread(eve, picture);
    const kept = tokenOf(await createShare(eve, aShare(other.threadId)));
    const keys = [
      ...(await database().image.findMany({ where: { ownerId: ada.id } })),
      ...(await database().shareImage.findMany({ where: { share: { ownerId: ada.id } } })),
    ].map(({ blobKey }) => blobKey);
    expect(keys.length).toBeGreaterThan(1);

    await leave(ada, { password: PASSWORD }, address());
    await expect(openShare(token, NOBODY)).rejects.toMatchObject({ code: "not-found" });
    await expect(readSharedImage(token, imageId, NOBODY)).rejects.toMatchObject({ code: "not-found" });
    expect(await actorOfSession(ada.id, 0)).toBeNull();
    await expect(signIn(ada.email, PASSWORD, address())).rejects.toMatchObject({ code: "wrong-credentials" });

    await gone(ada.id);
    for (const key of keys) expect(await blobStore().get(key)).toBeNull();
    const left = await Promise.all([
      database().thread.count({ where: { ownerId: ada.id } }),
      database().message.count({ where: { threadId } }),
      database().image.count({ where: { ownerId: ada.id } }),
      database().share.count({ where: { ownerId: ada.id } }),
      database().blobRemoval.count({ where: { blobKey: { in: keys } } }),
    ]);
    expect(left).toEqual([0, 0, 0, 0, 0]);
    // Others keep theirs, and the address is free.
    expect((await openShare(kept, NOBODY)).state).toBe("open");
    expect(await database().thread.count({ where: { ownerId: eve.id } })).toBe(1);
    await register({ name: "Ada", email: ada.email, password: PASSWORD }, address());
  });

  it("is asked for the password, and tries are counted with those to sign in", async () => {
    const ada = await somebody();
    for (let tries = 0; tries < 9; tries++)
      await expect(leave(ada, { password: "wrong" }, address())).rejects.toMatchObject({
        code: "wrong-password",
      });
    await expect(signIn(ada.email, "wrong", address())).rejects.toMatchObject({ code: "wrong-credentials" });
    await expect(leave(ada, { password: PASSWORD }, address())).rejects.toMatchObject({
      code: "too-many-tries",
    });
    expect((await actorOfSession(ada.id, 0))?.id).toBe(ada.id);
  });

  it("is stopped writing first, and goes on where a process died over it", async () => {
    const ada = await somebody();
    const { threadId, messageIds } = await aThread(ada);
    const generation = { id: randomUUID(), ownerId: ada.id, threadId, messageId: messageIds[1] ?? "" };
    await database().generation.create({ data: { ...generation, model: "m", requestHash: "" } });
    await leave(ada, { password: PASSWORD }, address());
    await vi.waitFor(async () => {
      const row = await database().generation.findUnique({ where: { id: generation.id } });
      expect(row?.stopRequestedAt).not.toBeNull();
    });
    await systemFinishLeaving();
    expect(await database().thread.count({ where: { ownerId: ada.id } })).toBe(1);
    await database().generation.update({ where: { id: generation.id }, data: { status: "stopped" } });
    await gone(ada.id);
    expect(await database().thread.count({ where: { ownerId: ada.id } })).toBe(0);
  });

  it("may have had conversations of any length", async () => {
    const ada = await somebody();
    const threadId = randomUUID();
    await database().thread.create({ data: { id: threadId, ownerId: ada.id, title: "Long" } });
    const ids = Array.from({ length: 3_000 }, () => randomUUID());
    const row = (id: string, index: number) => {
      return { id, threadId, parentId: ids[index - 1] ?? null, role: "user", parts: [], ordinal: index + 1 };
    };
    for (let at = 0; at < ids.length; at += 500) {
      const data = ids.slice(at, at + 500).map((id, index) => row(id, at + index));
      await database().message.createMany({ data });
    }
    await leave(ada, { password: PASSWORD }, address());
    await gone(ada.id);
    expect(await database().message.count({ where: { threadId } })).toBe(0);
  });
});

describe("the one who administers", () => {
  it("does not leave others without anybody: a successor is named, who is here and may", async () => {
    await database().user.deleteMany();
    const chief = await somebody("administrator");
    const ada = await somebody();
    const eve = await somebody();
    await database().user.update({ where: { id: eve.id }, data: { suspendedAt: new Date() } });
    for (const successor of [undefined, "nobody@example.org", eve.email, chief.email])
      await expect(leave(chief, { password: PASSWORD, successor }, address())).rejects.toMatchObject({
        code: "last-administrator",
      });
    expect((await actorOfSession(chief.id, 0))?.role).toBe("administrator");
    await leave(chief, { password: PASSWORD, successor: ada.email }, address());
    expect((await actorOfSession(ada.id, 0))?.role).toBe("administrator");
    await gone(chief.id);
  });

  it("of two who leave at once, one stays", async () => {
    await database().user.deleteMany();
    const chiefs = [await somebody("administrator"), await somebody("administrator")];
    await somebody();
    const left = await Promise.allSettled(
      chiefs.map((chief) => leave(chief, { password: PASSWORD }, address())),
    );
    expect(left.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().user.count({ where: { role: "administrator" } })).toBe(1);
  });

  it("alone leaves an empty house, and the next to come administers it, also while things are still removed", async () => {
    await database().user.deleteMany();
    const chief = await somebody("administrator");
    const { threadId, messageIds } = await aThread(chief);
    const generation = { id: randomUUID(), ownerId: chief.id, threadId, messageId: messageIds[1] ?? "" };
    await database().generation.create({ data: { ...generation, model: "m", requestHash: "" } });
    await leave(chief, { password: PASSWORD }, address());
    expect(await database().user.count()).toBe(1);
    expect(await someoneRegistered()).toBe(false);
    const next = await register(
      { name: "Next", email: `${randomUUID()}@example.org`, password: PASSWORD },
      address(),
    );
    expect((await actorOfSession(next.id, 0))?.role).toBe("administrator");
  });
});
