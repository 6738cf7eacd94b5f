import type { Page } from "@playwright/test";

interface Shift extends PerformanceEntry {
  value: number;
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
}

/** Notes what moves by itself while a page is looked at. Before the page is opened. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seenShifts: seen });
    const place = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(" ");
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as Shift[]) {
        const what = sources.map(({ node, previousRect, currentRect }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          const name = `${element?.localName}.${element?.className}`.slice(0, 60);
          return `${name}: ${place(previousRect)} to ${place(currentRect)}`;
        });
        seen.push(`${value.toFixed(4)} ${what.join("; ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** What has moved on the page that is open now: how much, what, from where to where. */
export const shifts = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { seenShifts: string[] }).seenShifts);
