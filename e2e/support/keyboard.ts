import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";

/** Presses until the focus is on `target`, and looks each time that somebody can see where it is. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const way: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    const { name } = await focused(page);
    way.push(name);
    // Buttons that show themselves with the focus take a moment to do so.
    await expect.poll(async () => (await focused(page)).seen, `the focus on ${name} is visible`).toBe(true);
    if (
      (await target.count()) > 0 &&
      (await target.evaluate((element) => element === document.activeElement))
    )
      return;
  }
  throw new Error(`not reached by ${key}: ${target}; on the way: ${way.join(", ")}`);
}

/** What has the focus, and whether an outline (or, for the composer, its frame's colour) shows that. */
const focused = (page: Page): Promise<{ name: string; seen: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const name = `${element.localName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 30)}`;
    // Out of the page, into the browser's own bar.
    if (element === document.body) return { name, seen: true };
    const { outlineStyle, outlineWidth, outlineColor, opacity } = getComputedStyle(element);
    const outlined =
      outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && outlineColor !== "transparent";
    const frame = element.matches("textarea") ? element.closest("form") : null;
    const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent");
    const probe = document.createElement("i");
    probe.style.color = accent;
    document.body.append(probe);
    const framed = frame !== null && getComputedStyle(frame).borderTopColor === getComputedStyle(probe).color;
    probe.remove();
    let visible = opacity !== "0";
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      if (getComputedStyle(parent).opacity === "0") visible = false;
    }
    const box = element.getBoundingClientRect();
    const onScreen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return { name, seen: (outlined || framed) && visible && onScreen && box.width > 1 };
  });
