import type { BudgetName } from "../budgets.ts";
import { BenchPage } from "../harness/page.ts";
import { pause } from "../harness/pause.ts";
import { photograph } from "../harness/photograph.ts";
import { telephoneHeic } from "../harness/telephone-heic.ts";
import type { Measure, Result } from "./measure.ts";

const RUNS = 6;
const WARM_UP = 1;
const REST_MS = 700;

interface Dropped {
  name: string;
  type: string;
  bytes: Buffer;
  budgets: { ready: BudgetName; bytes?: BudgetName };
}

/** Photographs of 12 megapixels: from the drop until they can be sent, and the bytes that went up. */
export const drop: Measure = {
  name: "drop",
  title: "A photograph is dropped",
  run: async (world) => {
    const page = await BenchPage.open(world, await world.person());
    const jpeg = await (await photograph(4000, 3000)).jpeg({ quality: 95 }).toBuffer();
    const results = [
      ...(await measured(page, {
        name: "photo.jpg",
        type: "image/jpeg",
        bytes: jpeg,
        budgets: { ready: "dropReady", bytes: "dropBytes" },
      })),
      ...(await measured(page, {
        name: "photo.heic",
        type: "image/heic",
        bytes: telephoneHeic(),
        budgets: { ready: "dropHeicReady" },
      })),
    ];
    await page.close();
    return results;
  },
};

async function measured(page: BenchPage, file: Dropped): Promise<Result[]> {
  const ready: number[] = [];
  const kilobytes: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    await page.newThread(REST_MS);
    const upload = page.page.waitForRequest((request) => request.url().endsWith("/api/images"));
    const milliseconds = await dropped(page, file);
    const sent = Number((await (await upload).allHeaders())["content-length"]);
    // The draft of a new chat is kept: the next run's picture must not find this one.
    await page.page.getByRole("button", { name: `Remove ${file.name}` }).click();
    await pause(REST_MS);
    if (run < WARM_UP) continue;
    ready.push(milliseconds);
    kilobytes.push(sent / 1000);
  }
  const { budgets } = file;
  return [
    { budget: budgets.ready, values: ready },
    ...(budgets.bytes ? [{ budget: budgets.bytes, values: kilobytes }] : []),
  ];
}

/** Milliseconds from the drop until the picture is on the server. */
function dropped({ page }: BenchPage, { name, type, bytes }: Dropped): Promise<number> {
  return page.evaluate(
    async ({ name, type, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name, { type }));
      // The file is made, and hangs over the window as before every drop; the clock is for what comes after.
      document.body.dispatchEvent(
        new DragEvent("dragenter", { dataTransfer, bubbles: true, cancelable: true }),
      );
      await new Promise((rested) => setTimeout(rested, 200));
      const start = performance.now();
      const ready = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector(`button[aria-label="Show ${name} in full"]`)) return;
          observer.disconnect();
          resolve(performance.now() - start);
        });
        observer.observe(document.body, { subtree: true, childList: true });
      });
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      return ready;
    },
    { name, type, base64: bytes.toString("base64") },
  );
}
