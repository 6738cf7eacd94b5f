import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { systemCollectBlobs } from "@/lib/blobs/commands";
import { blobStore, randomBlobKey } from "@/lib/platform/blob-store";
import { database, Prisma } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { Problem } from "@/lib/platform/problem";
import { aPerson } from "@/lib/testing/people";
import type { Actor } from "@/lib/users/actor";
import { acceptImage, deleteUnsentImage, MOST_UNSENT, systemCollectOrphanImages } from "./commands";
import { imageDetails, imagesForMessage, readImage } from "./queries";
import type { ImageOrigin, UploadedImage } from "./schema";
import { fromCamera, quarters } from "./testing/pictures";

const NOT_FOUND = { code: "not-found", status: 404 };
const picture = await quarters(80, 60).jpeg().toBuffer();

let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

afterEach(() => vi.unstubAllEnvs());

const upload = (actor: Actor, name = "harbour.jpg", bytes: Uint8Array = picture) =>
  acceptImage(actor, { name, bytes });

/** A picture that nobody has yet. */
const another = async () =>
  quarters(100 + 4 * made++, 60)
    .jpeg()
    .toBuffer();
let made = 0;

/** Puts a picture into a message of a new thread, as sending does. */
async function sent(actor: Actor, image: UploadedImage): Promise<string> {
  const [threadId, messageId] = [randomUUID(), randomUUID()];
  await database().thread.create({ data: { id: threadId, ownerId: actor.id, title: "" } });
  await database().message.create({
    data: {
      id: messageId,
      threadId,
      role: "user",
      parts: [],
      ordinal: 1,
      images: { create: { imageId: image.id, position: 0 } },
    },
  });
  return threadId;
}

const age = (image: UploadedImage, ms: number) =>
  database().image.update({ where: { id: image.id }, data: { createdAt: new Date(Date.now() - ms) } });

const aDayLater = () => database().blobRemoval.updateMany({ data: { createdAt: new Date(0) } });

const blobKeyOf = async ({ id }: UploadedImage) =>
  (await database().image.findUniqueOrThrow({ where: { id } })).blobKey;

describe("what a picture was", () => {
  const origin: ImageOrigin = {
    width: 4000,
    height: 3000,
    bytes: 4_000_000,
    contentType: "image/heic",
    removed: ["location", "date"],
  };

  test("is what the browser says that converted it, else what the file said", async () => {
    const told = await acceptImage(ada, { name: "a.jpg", bytes: picture, origin });
    expect(told.origin).toEqual(origin);
    expect(await imageDetails(ada, told.id)).toEqual(told);
    const camera = await fromCamera(quarters(80, 60), 6);
    const untold = await acceptImage(ada, { name: "b.jpg", bytes: camera });
    expect(untold.origin).toMatchObject({ width: 60, height: 80, contentType: "image/jpeg" });
    expect(untold.origin?.removed).toEqual(
      expect.arrayContaining(["location", "camera", "author", "profile"]),
    );
  });

  test("is not known of older pictures, and nobody else's business", async () => {
    const { id } = await upload(ada);
    await database().image.update({ where: { id }, data: { origin: Prisma.DbNull } });
    expect((await imageDetails(ada, id)).origin).toBeNull();
    await expect(imageDetails(eve, id)).rejects.toMatchObject(NOT_FOUND);
  });
});

describe("an uploaded picture", () => {
  test("is stored, described and read back by its owner", async () => {
    const image = await upload(ada, "Möwe.jpg");
    expect(image).toEqual({
      id: expect.any(String),
      name: "Möwe.jpg",
      contentType: "image/jpeg",
      width: 80,
      height: 60,
      bytes: picture.length,
      tokens: 3 * 4,
      origin: { width: 80, height: 60, bytes: picture.length, contentType: "image/jpeg", removed: [] },
    });
    const read = await readImage(ada, image.id);
    expect(read.contentType).toBe("image/jpeg");
    expect(Buffer.compare(read.bytes, picture)).toBe(0);
  });

  test("lies under a key that says nothing of it, whatever its name", async () => {
    const image = await upload(ada, "../../../etc/cron.d/evil.jpg");
    expect(image.name).toBe("evil.jpg");
    expect(await blobKeyOf(image)).toMatch(/^[0-9a-f]{40}$/);
    const stored = await readdir(join(environment().dataDirectory, "blobs"), { recursive: true });
    expect(stored.some((path) => path.includes("evil"))).toBe(false);
  });

  test("without a name gets one", async () => {
    expect((await upload(ada, "\0/")).name).toBe("image.jpeg");
  });

  test("that is refused leaves neither row nor bytes, and the refusal names it", async () => {
    const refusal = await acceptImage(ada, { name: "a/broken.jpg", bytes: picture.subarray(0, 200) }).catch(
      (e) => e,
    );
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({
      code: "image-refused",
      status: 400,
      details: { reason: "damaged", name: "broken.jpg" },
    });
    expect(await database().image.count({ where: { ownerId: ada.id } })).toBe(0);
  });

  test("whose bytes the storage lost is the storage's fault", async () => {
    const image = await upload(ada);
    await blobStore().delete(await blobKeyOf(image));
    await expect(readImage(ada, image.id)).rejects.toMatchObject({ code: "storage-down" });
  });

  test("beyond the quota of unsent ones is refused, sent ones do not count", async () => {
    const row = (n: number) => ({
      id: randomUUID(),
      ownerId: ada.id,
      blobKey: randomBlobKey(),
      name: `${n}`,
      contentType: "image/png",
      width: 1,
      height: 1,
      bytes: 1,
      tokens: 2,
    });
    await sent(ada, await upload(ada));
    await database().image.createMany({ data: Array.from({ length: MOST_UNSENT - 1 }, (_, n) => row(n)) });
    await upload(ada);
    await expect(upload(ada)).rejects.toMatchObject({
      details: { reason: "too-many-unsent", limit: MOST_UNSENT },
    });
    await expect(upload(eve)).resolves.toBeDefined();
  });
});

describe("threat 3: a foreign picture", () => {
  test("3 is not found, to read, to send or to delete", async () => {
    const image = await upload(ada);
    await expect(readImage(eve, image.id)).rejects.toMatchObject(NOT_FOUND);
    await expect(imagesForMessage(eve, [image.id])).rejects.toMatchObject(NOT_FOUND);
    await expect(deleteUnsentImage(eve, image.id)).rejects.toMatchObject(NOT_FOUND);
    expect(await readImage(ada, image.id)).toBeDefined();
  });

  test("3 among one's own refuses them all", async () => {
    const [own, foreign] = await Promise.all([upload(eve), upload(ada)]);
    await expect(imagesForMessage(eve, [own.id, foreign.id])).rejects.toMatchObject(NOT_FOUND);
  });

  test("3 an administrator's role opens nothing", async () => {
    const image = await upload(ada);
    await expect(readImage({ ...eve, role: "administrator" }, image.id)).rejects.toMatchObject(NOT_FOUND);
  });
});

describe("pictures for a message", () => {
  test("come in the order asked for", async () => {
    const images = [await upload(ada, "1.jpg"), await upload(ada, "2.jpg"), await upload(ada, "3.jpg")];
    const ids = [2, 0, 1].map((n) => images[n]?.id ?? "");
    expect((await imagesForMessage(ada, ids)).map(({ name }) => name)).toEqual(["3.jpg", "1.jpg", "2.jpg"]);
    expect(await imagesForMessage(ada, [])).toEqual([]);
  });

  test("that do not exist are not found", async () => {
    await expect(imagesForMessage(ada, [randomUUID()])).rejects.toMatchObject(NOT_FOUND);
  });
});

describe("deleting", () => {
  test("takes row and bytes of what was not sent", async () => {
    const image = await upload(ada);
    const key = await blobKeyOf(image);
    await deleteUnsentImage(ada, image.id);
    await expect(readImage(ada, image.id)).rejects.toMatchObject(NOT_FOUND);
    expect(await blobStore().get(key)).toBeNull();
    await expect(deleteUnsentImage(ada, image.id)).rejects.toMatchObject(NOT_FOUND);
  });

  test("leaves what was sent", async () => {
    const image = await upload(ada);
    await sent(ada, image);
    await expect(deleteUnsentImage(ada, image.id)).rejects.toMatchObject({ code: "conflict" });
    expect(await readImage(ada, image.id)).toBeDefined();
  });

  test("either the message gets it or it is deleted, never half", async () => {
    for (let round = 0; round < 10; round++) {
      const image = await upload(ada);
      const [sending] = await Promise.allSettled([sent(ada, image), deleteUnsentImage(ada, image.id)]);
      const read = await readImage(ada, image.id).then(
        () => "there",
        (error) => error.code,
      );
      const links = await database().messageImage.count({ where: { imageId: image.id } });
      expect([read, links]).toEqual(sending.status === "fulfilled" ? ["there", 1] : ["not-found", 0]);
    }
  });
});

describe("collecting", () => {
  const HOUR = 3_600_000;

  test("leaves a picture that waits in the queue", async () => {
    const image = await upload(ada);
    await age(image, 25 * HOUR);
    const threadId = randomUUID();
    await database().thread.create({ data: { id: threadId, ownerId: ada.id, title: "" } });
    const ids = { id: randomUUID(), answerId: randomUUID(), generationId: randomUUID() };
    const question = { ...ids, ownerId: ada.id, threadId, position: 1, text: "", requestHash: "" };
    // Of more than a database takes in one question.
    const imageIds = [image.id, ...Array.from({ length: 40_000 }, () => randomUUID())];
    await database().queuedMessage.create({ data: { ...question, imageIds, documents: [] } });
    expect(await systemCollectOrphanImages(24 * HOUR)).toBe(0);
    expect(await readImage(ada, image.id)).toBeDefined();
  });

  test("takes what nobody sent in time, and what lost its thread; nothing else", async () => {
    const [fresh, old, oldSent, orphan] = [
      await upload(ada, "1.jpg", await another()),
      await upload(ada, "2.jpg", await another()),
      await upload(ada, "3.jpg", await another()),
      await upload(eve),
    ];
    await sent(ada, oldSent);
    const threadId = await sent(eve, orphan);
    await Promise.all([old, oldSent, orphan].map((image) => age(image, 25 * HOUR)));
    const gone = [await blobKeyOf(old), await blobKeyOf(orphan)];
    await database().thread.delete({ where: { id: threadId } });

    expect(await systemCollectOrphanImages(24 * HOUR)).toBe(2);

    expect(await readImage(ada, fresh.id)).toBeDefined();
    expect(await readImage(ada, oldSent.id)).toBeDefined();
    await expect(readImage(ada, old.id)).rejects.toMatchObject(NOT_FOUND);
    await expect(readImage(eve, orphan.id)).rejects.toMatchObject(NOT_FOUND);
    expect(await systemCollectOrphanImages(24 * HOUR)).toBe(0);

    expect(await systemCollectBlobs(24 * HOUR)).toBe(0);
    expect(await Promise.all(gone.map((key) => blobStore().get(key)))).not.toContain(null);
    await aDayLater();
    expect(await systemCollectBlobs(24 * HOUR)).toBe(2);
    expect(await Promise.all(gone.map((key) => blobStore().get(key)))).toEqual([null, null]);
    expect(await readImage(ada, oldSent.id)).toBeDefined();
  });

  test("gets over pictures whose bytes are gone already", async () => {
    const image = await upload(ada);
    await age(image, 25 * HOUR);
    await blobStore().delete(await blobKeyOf(image));
    expect(await systemCollectOrphanImages(24 * HOUR)).toBe(1);
    expect(await database().image.count({ where: { ownerId: ada.id } })).toBe(0);
  });
});
