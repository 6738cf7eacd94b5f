import type { Locator, Page } from "@playwright/test";
import type { PictureFile } from "./pictures";

/** The pictures of the next message. */
export const tiles = (page: Page): Locator =>
  page.getByRole("list", { name: "Pictures to send" }).getByRole("listitem");

/** Chooses files with the system's dialog. */
export async function attach(page: Page, files: PictureFile[]): Promise<void> {
  const dialog = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Add pictures or documents" }).click();
  await (await dialog).setFiles(files);
}

/** Pastes files that were copied, with the text that programs copy along. */
export async function paste(page: Page, files: PictureFile[], text = ""): Promise<void> {
  await page.evaluate(
    async ({ files, text }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      if (text) data.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    },
    { files: files.map(inPage), text },
  );
}

/** Pastes what was copied from a page. */
export async function copied(page: Page, html: string): Promise<void> {
  await page.evaluate((html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, html);
}

/** Drags files (or, by their types, `texts` of a page) over `target`, calls `over` while they hang there, and lets go. */
export async function drop(
  target: Locator,
  files: PictureFile[],
  over?: () => Promise<void>,
  texts: Record<string, string> = {},
): Promise<void> {
  const dataTransfer = await target.page().evaluateHandle(
    ({ files, texts }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      for (const [type, text] of Object.entries(texts)) data.setData(type, text);
      return data;
    },
    { files: files.map(inPage), texts },
  );
  for (const type of ["dragenter", "dragover"]) await target.dispatchEvent(type, { dataTransfer });
  await over?.();
  await target.dispatchEvent("drop", { dataTransfer });
  await dataTransfer.dispose();
}

const inPage = ({ name, mimeType, buffer }: PictureFile) => {
  return { name, mimeType, base64: buffer.toString("base64") };
};
