import { photo } from "../../e2e/support/pictures.ts";
import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import type { Measure } from "./measure.ts";

const RUNS = 6;
const WARM_UP = 1;
const REST_MS = 700;

/** A photograph of 12 megapixels: from the drop until it can be sent, and the bytes that went up for it. */
export const drop: Measure = {
  name: "drop",
  title: "A photograph is dropped",
  run: async (world) => {
    const page = await BenchPage.open(world, await world.person());
    const { buffer } = await photo("photo.jpg", 4000, 3000, 95);
    const ready: number[] = [];
    const kilobytes: number[] = [];
    for (let run = 0; run < WARM_UP + RUNS; run++) {
      await page.newThread(REST_MS);
      const upload = page.page.waitForRequest((request) => request.url().endsWith("/api/images"));
      const milliseconds = await dropped(page, buffer.toString("base64"));
      const sent = Number((await (await upload).allHeaders())["content-length"]);
      // The draft of a new chat is kept: the next run's picture must not find this one.
      await page.page.getByRole("button", { name: "Remove photo.jpg" }).click();
      await pause(REST_MS);
      if (run < WARM_UP) continue;
      ready.push(milliseconds);
      kilobytes.push(sent / 1000);
    }
    await page.close();
    return [
      { budget: "dropReady", values: ready },
      { budget: "dropBytes", values: kilobytes },
    ];
  },
};

/** Milliseconds from the drop until the picture is on the server. */
function dropped({ page }: BenchPage, base64: string): Promise<number> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], "photo.jpg", { type: "image/jpeg" }));
    // The file is made; the clock is for what comes after.
    await new Promise((rested) => setTimeout(rested, 200));
    const start = performance.now();
    const ready = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('button[aria-label="Show photo.jpg in full"]')) return;
        observer.disconnect();
        resolve(performance.now() - start);
      });
      observer.observe(document.body, { subtree: true, childList: true });
    });
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    return ready;
  }, base64);
}
