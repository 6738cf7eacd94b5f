import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import type { PictureFile } from "./pictures";

interface ShareTarget {
  action: string;
  method: string;
  enctype: string;
  params: { text: string; files: { name: string }[] };
}

/** What the manifest tells the system. */
export async function manifestOf(page: Page) {
  return page.evaluate(async () => {
    const { href } = document.querySelector<HTMLLinkElement>("link[rel=manifest]") ?? { href: "" };
    return (await fetch(href, { credentials: "omit" })).json();
  });
}

/** Until the worker that takes what is shared stands ready, as it does from the first visit on. */
export async function workerReady(page: Page): Promise<void> {
  // Not waitForFunction, which takes a promise of whatever for a yes.
  const state = () =>
    page.evaluate(
      async () => (await navigator.serviceWorker.getRegistration("/share-target"))?.active?.state,
    );
  await expect.poll(state).toBe("activated");
}

/**
 * Hands over what the system's share sheet does, until a page is there: a form, to the address and with the names that
 * the manifest says.
 */
export async function share(page: Page, text: string, files: PictureFile[]): Promise<void> {
  const { share_target: target } = (await manifestOf(page)) as { share_target: ShareTarget };
  const arrived = page.waitForEvent("load");
  await page.evaluate(
    ({ target, text, files }) => {
      const { params, ...how } = target;
      const form = Object.assign(document.createElement("form"), how);
      const words = Object.assign(document.createElement("input"), { name: params.text, value: text });
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const chosen = Object.assign(document.createElement("input"), {
        type: "file",
        multiple: true,
        name: params.files[0]?.name,
      });
      chosen.files = data.files;
      form.append(words, chosen);
      document.body.append(form);
      form.submit();
    },
    {
      target,
      text,
      files: files.map(({ name, mimeType, buffer }) => ({
        name,
        mimeType,
        base64: buffer.toString("base64"),
      })),
    },
  );
  await arrived;
}
