import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { acceptDocument } from "@/lib/documents/commands";
import { aDocx, paragraph } from "@/lib/documents/testing/files";
import { acceptImage, deleteUnsentImage } from "@/lib/images/commands";
import { readHeader } from "@/lib/images/file/header";
import { readImage, readThumbnail } from "@/lib/images/queries";
import { quarters } from "@/lib/images/testing/pictures";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import { aPerson } from "@/lib/testing/people";
import type { Actor } from "@/lib/users/actor";
import { forgetBlobs, forgetBlobsOfPerson, keepBlob, systemCollectBlobs } from "./commands";
import { storageOf } from "./quota";

const DAY = 24 * 60 * 60 * 1000;
const picture = await quarters(80, 60).jpeg().toBuffer();
const other = await quarters(160, 60).jpeg().toBuffer();

let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
  await database().blobRemoval.deleteMany();
});

const ANOTHER = { blobKey: "0".repeat(40), contentHash: null, origin: undefined };
const upload = (actor: Actor, bytes: Uint8Array = picture, name = "harbour.jpg") =>
  acceptImage(actor, { name, bytes });
const rowOf = (id: string) => database().image.findUniqueOrThrow({ where: { id } });
const filesKept = async () =>
  (
    await readdir(join(environment().dataDirectory, "blobs"), { recursive: true, withFileTypes: true })
  ).filter((entry) => entry.isFile()).length;
const aDayLater = () =>
  database().blobRemoval.updateMany({ data: { createdAt: new Date(Date.now() - DAY - 1) } });

describe("the same bytes twice", () => {
  test("are two pictures with ids and names of their own, over one blob", async () => {
    const before = await upload(ada, other);
    const files = await filesKept();
    const [one, two] = await Promise.all([upload(ada, picture, "one.jpg"), upload(ada, picture, "two.jpg")]);
    expect(one.id).not.toBe(two.id);
    expect([one.name, two.name].sort()).toEqual(["one.jpg", "two.jpg"]);
    expect((await rowOf(one.id)).blobKey).toBe((await rowOf(two.id)).blobKey);
    expect(await filesKept()).toBe(files + 1);
    expect(await storageOf(ada.id)).toMatchObject({ used: before.bytes + one.bytes });
  });

  test("removing one leaves the other whole, removing both leaves nothing", async () => {
    const [one, two] = [await upload(ada), await upload(ada)];
    const { blobKey } = await rowOf(one.id);
    await deleteUnsentImage(ada, one.id);
    expect(Buffer.compare((await readImage(ada, two.id)).bytes, picture)).toBe(0);
    await deleteUnsentImage(ada, two.id);
    expect(await blobStore().get(blobKey)).toBeNull();
    expect(await database().blobRemoval.count()).toBe(0);
  });

  test("of two people are never shared", async () => {
    const [mine, theirs] = [await upload(ada), await upload(eve)];
    expect((await rowOf(mine.id)).blobKey).not.toBe((await rowOf(theirs.id)).blobKey);
  });

  test("come and go at once without losing any", async () => {
    for (let round = 0; round < 8; round++) {
      const first = await upload(ada);
      const [second] = await Promise.all([upload(ada), deleteUnsentImage(ada, first.id)]);
      expect(await readImage(ada, second.id)).toBeDefined();
      await deleteUnsentImage(ada, second.id);
    }
  });
});

describe("threat 90: what nobody needs", () => {
  test("bytes without a row, after a crash between the two, go after a day", async () => {
    const key = await keepBlob(picture, "image/jpeg");
    expect(await systemCollectBlobs(DAY)).toBe(0);
    expect(await blobStore().get(key)).not.toBeNull();
    await aDayLater();
    expect(await systemCollectBlobs(DAY)).toBe(1);
    expect(await blobStore().get(key)).toBeNull();
    expect(await database().blobRemoval.count()).toBe(0);
  });

  test("a blob noted by mistake stays as long as a row needs it", async () => {
    const image = await upload(ada);
    const { blobKey } = await rowOf(image.id);
    await database().$transaction((tx) => forgetBlobs(tx, [blobKey, blobKey]));
    await aDayLater();
    expect(await systemCollectBlobs(DAY)).toBe(0);
    expect(await readImage(ada, image.id)).toBeDefined();
    expect(await database().blobRemoval.count()).toBe(0);
  });

  test("a removed person's pictures and their thumbnails go, others' stay", async () => {
    const [mine, theirs] = [await upload(ada), await upload(eve)];
    const { blobKey } = await rowOf(mine.id);
    await readThumbnail(ada, mine.id);
    const files = await filesKept();
    await database().$transaction(async (tx) => {
      await forgetBlobsOfPerson(tx, ada.id);
      await tx.user.delete({ where: { id: ada.id } });
    });
    await aDayLater();
    expect(await systemCollectBlobs(DAY)).toBe(1);
    expect(await blobStore().get(blobKey)).toBeNull();
    expect(await filesKept()).toBe(files - 2);
    expect(await readImage(eve, theirs.id)).toBeDefined();
  });

  test("stays noted while the store is away", async () => {
    const key = await keepBlob(picture, "image/jpeg");
    await aDayLater();
    const away = vi.spyOn(blobStore(), "delete").mockRejectedValue(new Error("away"));
    expect(await systemCollectBlobs(DAY)).toBe(0);
    away.mockRestore();
    expect(await systemCollectBlobs(DAY)).toBe(1);
    expect(await blobStore().get(key)).toBeNull();
  });
});

describe("threat 90: the quota", () => {
  test("refuses what does not fit, naming the file, the room taken and the limit; nothing is lost or left", async () => {
    const image = await upload(ada);
    await database().image.create({
      data: { ...(await rowOf(image.id)), ...ANOTHER, id: randomUUID(), bytes: 1_999_900 - image.bytes },
    });
    process.env.LEEWARD_STORAGE_PER_PERSON = "2000000";
    onTestFinished(() => {
      delete process.env.LEEWARD_STORAGE_PER_PERSON;
    });
    const files = await filesKept();
    await expect(upload(ada, other, "too-much.jpg")).rejects.toMatchObject({
      code: "image-refused",
      details: { reason: "too-much-stored", name: "too-much.jpg", used: 2, limit: 2 },
    });
    expect(await filesKept()).toBe(files);
    expect(await readImage(ada, image.id)).toBeDefined();
    // The same bytes again take no room, and another person has room of their own.
    expect((await upload(ada)).id).not.toBe(image.id);
    expect(await upload(eve, other)).toBeDefined();
  });

  test("counts what is kept of a document: its file, and its text, which may be far longer", async () => {
    const { id, bytes } = await acceptDocument(ada, longText("first"));
    const { blobKey, textKey } = await database().document.findUniqueOrThrow({ where: { id } });
    const [file, text] = await Promise.all([blobStore().get(blobKey), blobStore().get(textKey)]);
    expect(text?.length).toBeGreaterThan(40 * (file?.length ?? 0));
    expect(bytes).toBe((file?.length ?? 0) + (text?.length ?? 0));
    expect(await storageOf(ada.id)).toMatchObject({ used: bytes });

    // There is room for the file, but not for its text.
    process.env.LEEWARD_STORAGE_PER_PERSON = String(bytes + 50_000);
    onTestFinished(() => {
      delete process.env.LEEWARD_STORAGE_PER_PERSON;
    });
    const files = await filesKept();
    await expect(acceptDocument(ada, longText("second"))).rejects.toMatchObject({
      code: "document-refused",
      details: { reason: "too-much-stored", name: "second.docx" },
    });
    expect(await filesKept()).toBe(files);
    // The same again takes no room.
    expect((await acceptDocument(ada, longText("first"))).bytes).toBe(bytes);
    expect(await storageOf(ada.id)).toMatchObject({ used: bytes });
  });

  const longText = (title: string) => ({
    name: `${title}.docx`,
    bytes: aDocx(paragraph(`${title} ${"word ".repeat(20_000)}`)),
  });
});

test("threat 78: a full disk is told apart, and leaves neither row nor note nor bytes", async () => {
  const image = await upload(ada);
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const put = vi.spyOn(blobStore(), "put").mockRejectedValue(new Problem("storage-full", {}, full));
  await expect(upload(ada, other)).rejects.toMatchObject({ code: "storage-full", status: 507 });
  put.mockRestore();
  expect(await database().image.count({ where: { ownerId: ada.id } })).toBe(1);
  expect(await database().blobRemoval.count()).toBe(0);
  expect(await readImage(ada, image.id)).toBeDefined();
  expect(await upload(ada, other)).toBeDefined();
});

describe("a thumbnail", () => {
  test("is given even when it cannot be kept", async () => {
    const image = await upload(ada);
    const put = vi.spyOn(blobStore(), "put").mockRejectedValue(new Problem("storage-full"));
    expect(readHeader(await readThumbnail(ada, image.id))).toMatchObject({ width: 80, height: 60 });
    put.mockRestore();
  });

  test("is small and made once; without the picture's bytes there is none", async () => {
    const large = await quarters(700, 1400).jpeg().toBuffer();
    const image = await upload(ada, large);
    const first = Buffer.from(await readThumbnail(ada, image.id));
    // A square of what is high, with all of its width.
    expect(readHeader(first)).toMatchObject({ type: "image/webp", width: 480, height: 480 });
    expect(first.length).toBeLessThan(image.bytes);
    const put = vi.spyOn(blobStore(), "put");
    expect(Buffer.compare(await readThumbnail(ada, image.id), first)).toBe(0);
    expect(put).not.toHaveBeenCalled();
    put.mockRestore();
    await rm(join(environment().dataDirectory, "blobs"), { recursive: true });
    await expect(readThumbnail(ada, image.id)).rejects.toMatchObject({ code: "storage-down" });
  });
});
