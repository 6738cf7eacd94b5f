import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { acceptImage, MOST_UNSENT } from "@/lib/images/commands";
import { quarters } from "@/lib/images/testing/pictures";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { changeSetting } from "@/lib/settings/commands";
import { aPerson } from "@/lib/testing/people";
import { deleteThread, systemEmptyBin } from "@/lib/threads/commands";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";
import { createShare, revokeForeignShare, revokeShare, updateShare } from "./commands";
import { countCopies, MOST_SHARED_PICTURES } from "./limits";
import { listForeignShares, listShares, shareDetail } from "./queries";
import { createShareInput } from "./schema";
import type { ShareSummary } from "./share";
import { aShare, aThread } from "./testing";
import {
  continueShare,
  isStillShared,
  openShare,
  passForPassword,
  readSharedImage,
  type Viewer,
} from "./viewing";

const STRANGER: Viewer = { actor: null, pass: null };
const picture = new Uint8Array(await quarters(80, 60).jpeg().toBuffer());

let ada: Actor;
let eve: Actor;
let chief: Actor;
beforeEach(async () => {
  [ada, eve, chief] = await Promise.all([aPerson(), aPerson(), aPerson()]);
  chief = { id: chief.id, role: "administrator" };
  await changeSetting(chief, "sharing", { allowed: true, longestDays: 365, signedInOnly: false });
});

const gone = { code: "not-found" };
const tokenOf = ({ path }: { path: string }) => path.slice("/s/".length);

async function shared(more: Parameters<typeof aShare>[1] = {}, withPicture = false) {
  const thread = await aThread(ada, withPicture ? picture : null);
  const choices = {
    messages: [1, 2],
    pictures: withPicture ? ["1.1"] : [],
    redactions: [],
    name: false,
    dates: false,
  };
  const share = await createShare(ada, aShare(thread.threadId, { choices, ...more }));
  return { ...thread, share, token: tokenOf(share) };
}

const copiesOf = (shareId: string) => database().shareImage.findMany({ where: { shareId } });
const keysOf = (copies: { blobKey: string }[]) => copies.map(({ blobKey }) => blobKey);

async function opened(token: string, viewer: Viewer = STRANGER) {
  const result = await openShare(token, viewer);
  if (result.state !== "open") throw new Error(result.state);
  return result.share;
}

describe("what others get", () => {
  test("56 is the chosen messages and pictures; ids, owner, branch and the rest are nowhere in it", async () => {
    const { token, imageIds, messageIds, threadId } = await shared({}, true);
    const json = JSON.stringify(await opened(token));
    expect(json).toContain("Question one");
    expect(json).toContain("Answer two");
    expect(json.match(/"type":"image"/g)).toHaveLength(1);
    expect(json).not.toContain("SECRET");
    for (const id of [...imageIds, ...messageIds, threadId, ada.id]) expect(json).not.toContain(id);
  });

  test("56 stays as it was when the conversation goes on, until it is updated under the same link", async () => {
    const { token, share, messageIds } = await shared();
    await database().message.update({
      where: { id: messageIds[1] ?? "" },
      data: { parts: [{ type: "text", text: "Changed" }] },
    });
    expect(JSON.stringify(await opened(token))).toContain("Answer two");
    const { id: _id, threadId: _thread, password: _none, ...input } = aShare("");
    const updated = await updateShare(ada, share.id, { ...input, title: "Anew" });
    expect(updated.path).toBe(share.path);
    expect(await opened(token)).toMatchObject({ title: "Anew" });
    expect(JSON.stringify(await opened(token))).toContain("Changed");
  });

  test("is one of two updates at once, whole, and the pictures of the other may go", async () => {
    const { token, share, threadId } = await shared({}, true);
    const former = await copiesOf(share.id);
    const notesBefore = await database().blobRemoval.count();
    const { id: _id, threadId: _thread, password: _none, choices, ...input } = aShare(threadId);
    const withPictures = (pictures: string[], messages: number[], name: boolean) => ({
      ...input,
      title: `With ${pictures.join()}`,
      choices: { ...choices, messages, pictures, name },
    });
    await Promise.all([
      updateShare(ada, share.id, withPictures(["1.0"], [1], true)),
      updateShare(ada, share.id, withPictures(["1.1", "1.0"], [1, 2], false)),
    ]);
    const { title, snapshot } = await opened(token);
    const isFirst = title === "With 1.0";
    expect(snapshot.messages).toHaveLength(isFirst ? 1 : 2);
    expect(snapshot.by).toBe(isFirst ? "Somebody" : null);
    const kept = await copiesOf(share.id);
    const shown = snapshot.messages[0]?.parts.flatMap((part) => (part.type === "image" ? [part.id] : []));
    expect(kept.map(({ id }) => id).sort()).toEqual(shown?.sort());
    expect(kept).toHaveLength(isFirst ? 1 : 2);
    const removable = await database().blobRemoval.count({ where: { blobKey: { in: keysOf(kept) } } });
    expect(removable).toBe(0);
    expect(await database().blobRemoval.count({ where: { blobKey: { in: keysOf(former) } } })).toBe(1);
    // Three copies were made by the two: those that were not kept may go, too.
    expect(await database().blobRemoval.count()).toBe(notesBefore + 1 + 3 - kept.length);
  });

  test("58 is under a link of 192 random bits", async () => {
    const { token, share } = await shared();
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(token).not.toContain(share.id);
    await expect(openShare("x".repeat(32), STRANGER)).rejects.toMatchObject(gone);
    await expect(openShare("../../etc", STRANGER)).rejects.toMatchObject(gone);
  });

  test("is counted, without who they are, and not for the owner", async () => {
    const { token, share } = await shared();
    await opened(token);
    await opened(token, { actor: eve, pass: null });
    await opened(token, { actor: ada, pass: null });
    expect((await shareDetail(ada, share.id)).views).toBe(2);
    // Nobody has looked: headers alone, or a browser that goes ahead.
    await openShare(token, STRANGER, { seen: false });
    expect((await shareDetail(ada, share.id)).views).toBe(2);
  });
});

describe("pictures", () => {
  test("are own copies, found under their share alone and under their own id alone", async () => {
    const { token, imageIds } = await shared({}, true);
    const other = await shared();
    const { snapshot } = await opened(token);
    const part = snapshot.messages[0]?.parts.find(({ type }) => type === "image");
    const id = part?.type === "image" ? part.id : "";
    expect((await readSharedImage(token, id, STRANGER)).bytes.byteLength).toBeGreaterThan(100);
    await expect(readSharedImage(other.token, id, STRANGER)).rejects.toMatchObject(gone);
    for (const original of imageIds) {
      await expect(readSharedImage(token, original, STRANGER)).rejects.toMatchObject(gone);
    }
    await revokeShare(ada, (await shareDetail(ada, (await listShares(ada, {})).shares.at(-1)?.id ?? "")).id);
    expect(await isStillShared(token, id, STRANGER)).toBe(false);
  });

  test("may go, in the same transaction, when the share is updated, revoked, or its thread goes for good", async () => {
    for (const end of [
      async (id: string) => {
        const { id: _id, threadId: _thread, password: _none, ...input } = aShare("");
        await updateShare(ada, id, input);
      },
      (id: string) => revokeShare(ada, id),
      async (_id: string, threadId: string) => {
        await deleteThread(ada, threadId);
        await systemEmptyBin(new Date(Date.now() + 40 * 86_400_000));
      },
    ]) {
      const { share, threadId } = await shared({}, true);
      const [row] = await database().shareImage.findMany({ where: { shareId: share.id } });
      expect(await database().blobRemoval.count({ where: { blobKey: row?.blobKey ?? "" } })).toBe(0);
      await end(share.id, threadId);
      expect(await database().shareImage.count({ where: { shareId: share.id } })).toBe(0);
      expect(await database().blobRemoval.count({ where: { blobKey: row?.blobKey ?? "" } })).toBe(1);
      expect(await blobStore().get(row?.blobKey ?? "")).not.toBeNull();
    }
  });
});

describe("a share ends at once", () => {
  test.each<[string, (id: string, threadId: string) => Promise<unknown>]>([
    ["when it is revoked", (id) => revokeShare(ada, id)],
    ["when an administrator revokes it", (id) => revokeForeignShare(chief, id)],
    [
      "at its end",
      (id) => database().share.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } }),
    ],
    ["when its thread is deleted", (_id, threadId) => deleteThread(ada, threadId)],
    [
      "when its owner is suspended",
      () => database().user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } }),
    ],
    ["when its owner's account is deleted", () => database().user.delete({ where: { id: ada.id } })],
    [
      "when sharing is forbidden",
      () => changeSetting(chief, "sharing", { allowed: false, longestDays: null, signedInOnly: false }),
    ],
    [
      "when it is older than the rules allow",
      async (id) => {
        await changeSetting(chief, "sharing", { allowed: true, longestDays: 1, signedInOnly: false });
        const updatedAt = new Date(Date.now() - 2 * 86_400_000);
        await database().share.update({ where: { id }, data: { updatedAt } });
      },
    ],
  ])("%s", async (_when, end) => {
    const { token, share, threadId } = await shared({ allowContinue: true }, true);
    const { snapshot } = await opened(token);
    const part = snapshot.messages[0]?.parts[0];
    const imageId = part?.type === "image" ? part.id : "";
    expect(await isStillShared(token, imageId, STRANGER)).toBe(true);
    await end(share.id, threadId);
    await expect(openShare(token, STRANGER)).rejects.toMatchObject(gone);
    await expect(readSharedImage(token, imageId, STRANGER)).rejects.toMatchObject(gone);
    await expect(continueShare(eve, token, null, randomUUID())).rejects.toMatchObject(gone);
    expect(await isStillShared(token, imageId, STRANGER)).toBe(false);
  });
});

describe("a password", () => {
  test("lets nobody but its owner in without it, and no pass is good after it has changed", async () => {
    const { token, share } = await shared({ password: "herring-boat" }, true);
    expect(await openShare(token, STRANGER)).toEqual({ state: "password" });
    expect((await openShare(token, { actor: ada, pass: null })).state).toBe("open");
    expect((await openShare(token, { actor: eve, pass: "guess" })).state).toBe("password");
    await expect(passForPassword(token, "herring", "1.2.3.4")).rejects.toMatchObject({
      code: "wrong-password",
    });
    const pass = await passForPassword(token, "herring-boat", "1.2.3.4");
    expect((await openShare(token, { actor: null, pass })).state).toBe("open");
    const other = await shared({ password: "herring-boat" });
    expect((await openShare(other.token, { actor: null, pass })).state).toBe("password");
    const { id: _id, threadId: _thread, password: _none, ...input } = aShare("");
    await updateShare(ada, share.id, input);
    expect((await openShare(token, { actor: null, pass })).state).toBe("open");
    await updateShare(ada, share.id, { ...input, password: "another one" });
    expect((await openShare(token, { actor: null, pass })).state).toBe("password");
    await updateShare(ada, share.id, { ...input, password: null });
    expect((await openShare(token, STRANGER)).state).toBe("open");
  });

  test("19 is guessed ten times from an address, sixty times from all, and kept as a hash", async () => {
    const { token, share } = await shared({ password: "herring-boat" });
    const tries = async (count: number, address: (index: number) => string) => {
      const codes: string[] = [];
      for (let index = 0; index < count; index++) {
        codes.push(await passForPassword(token, "wrong!", address(index)).catch((error) => error.code));
      }
      return codes;
    };
    const fromOne = await tries(11, () => "9.9.9.9");
    expect(fromOne.at(9)).toBe("wrong-password");
    expect(fromOne.at(10)).toBe("too-many-tries");
    const fromMany = await tries(60, (index) => `8.8.8.${index}`);
    expect(fromMany.at(-1)).toBe("too-many-tries");
    const row = await database().share.findUniqueOrThrow({ where: { id: share.id } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$/);
  }, 120_000);
});

describe("the rules", () => {
  test("hold for making and reading", async () => {
    const { threadId } = await aThread(ada);
    await expect(createShare(ada, aShare(threadId, { expiresAt: null }))).rejects.toMatchObject({
      code: "bad-request",
    });
    const past = new Date(Date.now() - 1000).toISOString();
    await expect(createShare(ada, aShare(threadId, { expiresAt: past }))).rejects.toMatchObject({
      code: "bad-request",
    });
    await changeSetting(chief, "sharing", { allowed: true, longestDays: null, signedInOnly: true });
    const token = tokenOf(await createShare(ada, aShare(threadId, { expiresAt: null })));
    expect(await openShare(token, STRANGER)).toEqual({ state: "sign-in" });
    expect((await openShare(token, { actor: eve, pass: null })).state).toBe("open");
    await changeSetting(chief, "sharing", { allowed: false, longestDays: null, signedInOnly: false });
    await expect(createShare(ada, aShare(threadId))).rejects.toMatchObject({ code: "sharing-off" });
  });

  test("are set by administrators alone", async () => {
    const rules = { allowed: false, longestDays: null, signedInOnly: false };
    await expect(changeSetting(eve, "sharing", rules)).rejects.toMatchObject(gone);
  });
});

describe("foreign shares", () => {
  test("9 are not found by anybody else, for reading or for writing", async () => {
    const { share, threadId } = await shared();
    const { id: _id, threadId: _thread, password: _none, ...input } = aShare("");
    await expect(shareDetail(eve, share.id)).rejects.toMatchObject(gone);
    await expect(updateShare(eve, share.id, input)).rejects.toMatchObject(gone);
    await expect(revokeShare(eve, share.id)).rejects.toMatchObject(gone);
    await expect(revokeShare(chief, share.id)).rejects.toMatchObject(gone);
    await expect(revokeForeignShare(eve, share.id)).rejects.toMatchObject(gone);
    await expect(createShare(eve, aShare(threadId))).rejects.toMatchObject(gone);
    await expect(
      createShare(eve, aShare((await aThread(eve)).threadId, { id: share.id })),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await listShares(eve, {})).shares).toEqual([]);
    expect((await shareDetail(ada, share.id)).title).toBe("Two of five");
  });

  test("are seen by an administrator without what is in them, and without their link", async () => {
    const { share } = await shared({ title: "SECRET title" }, true);
    await expect(listForeignShares(eve, {})).rejects.toMatchObject(gone);
    const { shares } = await listForeignShares(chief, {});
    const seen = shares.find(({ id }) => id === share.id);
    expect(seen).toMatchObject({ owner: "Somebody", messages: 2, pictures: 1, views: 0, live: true });
    expect(JSON.stringify(shares)).not.toMatch(/SECRET|Question one|\/s\//);
    expect(JSON.stringify(shares)).not.toContain(tokenOf(share));
  });

  test.each([
    [
      "its end",
      ({ id }: ShareSummary) => database().share.update({ where: { id }, data: { expiresAt: new Date() } }),
    ],
    [
      "its thread being in the bin",
      ({ threadId: id }: ShareSummary) =>
        database().thread.update({ where: { id }, data: { deletedAt: new Date() } }),
    ],
    [
      "the suspension of its owner",
      () => database().user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } }),
    ],
  ])("are seen to lead nowhere after %s", async (_, end) => {
    const { share } = await shared();
    await end(share);
    const { shares } = await listForeignShares(chief, {});
    expect(shares.find(({ id }) => id === share.id)).toMatchObject({ live: false });
  });

  test("what is not on the open branch cannot be shared", async () => {
    const { threadId } = await aThread(ada, picture);
    const { choices } = aShare(threadId);
    for (const wrong of [
      { messages: [1, 6] },
      { messages: [99] },
      { pictures: ["1.7"] },
      { pictures: ["2.0"] },
    ]) {
      const input = aShare(threadId, { choices: { ...choices, ...wrong } });
      await expect(createShare(ada, input)).rejects.toMatchObject({ code: "bad-request" });
    }
  });

  test("the same request twice makes one share", async () => {
    const { threadId } = await aThread(ada);
    const input = aShare(threadId);
    const [first, second] = await Promise.all([createShare(ada, input), createShare(ada, input)]);
    expect(second.path).toBe(first.path);
    expect((await listShares(ada, {})).shares).toHaveLength(1);
  });

  test("can have six thousand things blacked out", async () => {
    const { threadId } = await aThread(ada);
    const text = Array.from({ length: 6_000 }, (_, index) => `reader${index}@example.org`).join("\n");
    await database().message.updateMany({
      where: { threadId, ordinal: 2 },
      data: { parts: [{ type: "text", text }] },
    });
    const redactions = Array.from({ length: 6_000 }, (_, place) => `2.${place}`);
    const choices = { messages: [1, 2], pictures: [], redactions, name: false, dates: false };
    const share = await createShare(ada, createShareInput.parse(aShare(threadId, { choices })));
    const { snapshot } = await opened(tokenOf(share));
    expect(snapshot.messages[1]?.parts).toEqual([
      { type: "text", text: Array.from({ length: 6_000 }, () => "█████").join("\n") },
    ]);
  });

  test("61 the same request later answers the same share, and with anything else changed none", async () => {
    const { threadId } = await aThread(ada, picture);
    await database().message.updateMany({
      where: { threadId, ordinal: 2 },
      data: { parts: [{ type: "text", text: "Write to ada@example.org" }] },
    });
    const choices = { messages: [1, 2], pictures: ["1.0"], redactions: ["2.0"], name: false, dates: false };
    const input = aShare(threadId, { title: "Mail of ada@example.org", choices, password: "herring" });
    const share = await createShare(ada, input);
    expect(share.title).toBe("Mail of █████");
    expect((await createShare(ada, input)).path).toBe(share.path);
    for (const changed of [
      { choices: { ...choices, pictures: [] } },
      { choices: { ...choices, redactions: [] } },
      { title: "Mail" },
      { password: "mackerel" },
      { password: null },
      { expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
      { allowContinue: true },
      { titleInPreview: true },
      { threadId: (await aThread(ada)).threadId },
    ]) {
      await expect(createShare(ada, { ...input, ...changed })).rejects.toMatchObject({ code: "conflict" });
    }
    expect((await listShares(ada, {})).shares).toHaveLength(1);
  });
});

describe("continue as my own", () => {
  test("takes pictures along whatever else waits to be sent", async () => {
    const { token } = await shared({ allowContinue: true }, true);
    const waiting = await acceptImage(eve, { name: "waiting.jpg", bytes: picture });
    const row = await database().image.findUniqueOrThrow({ where: { id: waiting.id } });
    const rows = Array.from({ length: MOST_UNSENT }, () => ({ ...row, id: randomUUID(), origin: undefined }));
    await database().image.createMany({ data: rows });
    const { id } = await continueShare(eve, token, null, randomUUID());
    expect(await database().messageImage.count({ where: { message: { threadId: id } } })).toBe(1);
  });

  test("makes a private copy with pictures of one's own, once", async () => {
    const { token, imageIds } = await shared({ allowContinue: true }, true);
    const threadId = randomUUID();
    await continueShare(eve, token, null, threadId);
    await continueShare(eve, token, null, threadId);
    const { messages, title, headMessageId } = await threadDetail(eve, threadId);
    expect(title).toBe("Two of five");
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(headMessageId).toBe(messages[1]?.id);
    const [part] = messages[0]?.parts ?? [];
    expect(part).toMatchObject({ type: "image", width: 80, height: 60 });
    const image = await database().image.findUniqueOrThrow({
      where: { id: part?.type === "image" ? part.imageId : "" },
    });
    expect(image.ownerId).toBe(eve.id);
    expect(imageIds).not.toContain(image.id);
    expect(JSON.stringify(messages)).not.toContain("SECRET");
    await expect(threadDetail(ada, threadId)).rejects.toMatchObject(gone);
  });

  test("leaves out the turn of a picture that was not shared", async () => {
    const { threadId, messageIds } = await aThread(ada, picture);
    const id = messageIds[0] ?? "";
    const { parts } = await database().message.findUniqueOrThrow({ where: { id } });
    const pictures = (parts as { type: string }[]).filter(({ type }) => type === "image");
    await database().message.update({ where: { id }, data: { parts: pictures } });
    const token = tokenOf(await createShare(ada, aShare(threadId, { allowContinue: true })));
    const own = randomUUID();
    await continueShare(eve, token, null, own);
    const { messages } = await threadDetail(eve, own);
    expect(messages.map(({ role }) => role)).toEqual(["assistant"]);
  });

  test("9 is refused where it is not allowed, or without the pass", async () => {
    const closed = await shared();
    await expect(continueShare(eve, closed.token, null, randomUUID())).rejects.toMatchObject(gone);
    const locked = await shared({ allowContinue: true, password: "herring-boat" });
    await expect(continueShare(eve, locked.token, null, randomUUID())).rejects.toMatchObject(gone);
    const pass = await passForPassword(locked.token, "herring-boat", "1.2.3.4");
    expect((await continueShare(eve, locked.token, pass, randomUUID())).title).toBe("Two of five");
  });

  test("a question without its answer can be answered", async () => {
    const { threadId } = await aThread(ada);
    const { choices } = aShare(threadId);
    const input = aShare(threadId, { allowContinue: true, choices: { ...choices, messages: [1] } });
    const token = tokenOf(await createShare(ada, input));
    const own = randomUUID();
    await continueShare(eve, token, null, own);
    const { messages } = await threadDetail(eve, own);
    expect(messages.map(({ role, status }) => `${role} ${status}`)).toEqual([
      "user complete",
      "assistant interrupted",
    ]);
  });
});

describe("pictures of shares", () => {
  test("are so many and no more for a person, an update's in the place of those before", async () => {
    const { share, threadId } = await shared({}, true);
    const many = Array.from({ length: MOST_SHARED_PICTURES - 1 }, () => {
      const size = { width: 1, height: 1, contentType: "image/png" };
      return { id: randomUUID(), shareId: share.id, blobKey: randomUUID(), ...size };
    });
    await database().shareImage.createMany({ data: many });
    const choices = { messages: [1], pictures: ["1.0"], redactions: [], name: false, dates: false };
    await expect(createShare(ada, aShare(threadId, { choices }))).rejects.toMatchObject({
      code: "too-many-shared-pictures",
      details: { limit: MOST_SHARED_PICTURES },
    });
    // Without pictures it may be shared still, and others are not concerned.
    await createShare(ada, aShare(threadId));
    const other = await aThread(eve, picture);
    await createShare(eve, aShare(other.threadId, { choices }));
    const { id: _id, threadId: _threadId, ...update } = aShare(threadId, { choices });
    await updateShare(ada, share.id, update);
    expect(await copiesOf(share.id)).toHaveLength(1);
  });

  test("are copied so often in a day", async () => {
    const { share, threadId } = await shared({}, true);
    const choices = { messages: [1], pictures: ["1.0"], redactions: [], name: false, dates: false };
    const { id: _id, threadId: _threadId, ...update } = aShare(threadId, { choices });
    await countCopies(ada, 1_999, null);
    await countCopies(ada, 1_999, null);
    await countCopies(ada, 1_001, null);
    await expect(updateShare(ada, share.id, update)).rejects.toMatchObject({ code: "too-many-tries" });
    expect(await copiesOf(share.id)).toHaveLength(1);
  });
});
