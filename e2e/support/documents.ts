import type { Locator, Page } from "@playwright/test";
import type { PictureFile } from "./pictures";

/** The documents of the next message. */
export const documents = (page: Page): Locator =>
  page.getByRole("list", { name: "Documents to send" }).getByRole("listitem");

export const documentFile = (name: string, mimeType: string, bytes: Uint8Array): PictureFile => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes),
});
