import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET } from "@/app/s/[shareToken]/images/[imageId]/route";
import { keepBlob } from "@/lib/blobs/commands";
import { quarters } from "@/lib/images/testing/pictures";
import { database } from "@/lib/platform/database";
import { aPerson } from "@/lib/testing/people";
import type { Actor } from "@/lib/users/actor";
import { createShare, revokeShare, updateShare } from "./commands";
import { aShare, aThread } from "./testing";

const picture = new Uint8Array(await quarters(80, 60).jpeg().toBuffer());
const CHOICES = { messages: [1], pictures: ["1.0"], redactions: [], name: false, dates: false };

let ada: Actor;
beforeEach(async () => {
  ada = await aPerson();
  // Whether it may go on is asked now and then: a clock of our own, and no machine is too slow for it.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A share with a picture of four megabytes, which a stranger has begun to download. */
async function download() {
  const { threadId } = await aThread(ada, picture);
  const share = await createShare(ada, aShare(threadId, { choices: CHOICES }));
  const blobKey = await keepBlob(new Uint8Array(randomBytes(4_000_000)), "image/jpeg");
  const { id: imageId } = await database().shareImage.findFirstOrThrow({ where: { shareId: share.id } });
  await database().shareImage.update({ where: { id: imageId }, data: { blobKey } });
  const shareToken = share.path.slice("/s/".length);
  const request = new Request(`http://localhost${share.path}/images/${imageId}`);
  const response = await GET(request, { params: Promise.resolve({ shareToken, imageId }) });
  expect(response.headers.get("content-length")).toBe("4000000");
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const { value } = await reader.read();
  expect(value?.byteLength).toBeLessThan(1_000_000);
  return { share, reader, received: value?.byteLength ?? 0 };
}

test.each<[string, (id: string) => Promise<unknown>]>([
  ["revoked", (id) => revokeShare(ada, id)],
  [
    "updated without the picture",
    (id) => {
      const { id: _id, threadId: _thread, ...input } = aShare("", { choices: { ...CHOICES, pictures: [] } });
      return updateShare(ada, id, input);
    },
  ],
  [
    "given a password",
    (id) => {
      const { id: _id, threadId: _thread, ...input } = aShare("", { choices: CHOICES });
      return updateShare(ada, id, { ...input, password: "herring boat" });
    },
  ],
])(
  "a picture that runs to somebody is broken off within five seconds when its share is %s",
  async (_how, end) => {
    const { share, reader } = await download();
    await end(share.id);
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    const outcome = reader.closed.then(
      () => "whole",
      (error: Error) => error.message,
    );
    await vi.waitFor(
      async () => expect(await Promise.race([outcome, Promise.resolve("runs")])).toBe("taken back"),
      { timeout: 20_000 },
    );
    await expect(reader.read()).rejects.toThrow("taken back");
  },
);

test("a picture that is shared still runs to its end", async () => {
  const { reader, received } = await download();
  await vi.advanceTimersByTimeAsync(5_000);
  let size = received;
  for (let part = await reader.read(); !part.done; part = await reader.read()) size += part.value.byteLength;
  expect(size).toBe(4_000_000);
});
