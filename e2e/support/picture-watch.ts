import type { Locator, Page } from "@playwright/test";
import { imagesOf } from "../../lib/messages/message";
import { openThreadId, savedBranch } from "./chat";

/** Ids of the pictures in the open conversation, in order. */
export async function picturesOfThread(page: Page): Promise<string[]> {
  const messages = await savedBranch(page.request, await openThreadId(page));
  return messages.flatMap(imagesOf).map(({ imageId }) => imageId);
}

/** Keeps the blob behind each blob: address, because a policy forbids to fetch it. Before the page is opened. */
export async function heldPreviews(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const blobs = new Map<string, Blob>();
    const make = URL.createObjectURL;
    URL.createObjectURL = (object: Blob) => {
      const address = make.call(URL, object);
      blobs.set(address, object);
      return address;
    };
    Object.assign(window, { previewBlobs: blobs });
  });
}

/** The bytes of a preview on the screen; `heldPreviews` must have been called. */
export async function previewBytes(page: Page, image: Locator): Promise<Buffer> {
  const address = await image.getAttribute("src");
  const base64 = await page.evaluate(async (address) => {
    const { previewBlobs } = window as unknown as { previewBlobs: Map<string, Blob> };
    const blob = previewBlobs.get(address ?? "");
    if (!blob) throw new Error(`no preview at ${address}`);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }, address);
  return Buffer.from(base64, "base64");
}

/**
 * Counts where pictures are decoded. Before the page is opened; what it returns says how many workers were started
 * since, how many pictures the page itself had to decode, and how many went to the server.
 */
export async function watchWork(
  page: Page,
): Promise<() => Promise<{ workers: number; decodedInPage: number; uploads: number }>> {
  let workers = 0;
  let uploads = 0;
  page.on("worker", () => workers++);
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/images")) uploads++;
  });
  await page.addInitScript(() => {
    const decode = window.createImageBitmap;
    const counted = window as unknown as { decodedInPage: number };
    counted.decodedInPage = 0;
    window.createImageBitmap = ((...args: Parameters<typeof decode>) => {
      counted.decodedInPage++;
      return decode(...args);
    }) as typeof decode;
  });
  return async () => ({
    workers,
    uploads,
    decodedInPage: await page.evaluate(() => (window as unknown as { decodedInPage: number }).decodedInPage),
  });
}
