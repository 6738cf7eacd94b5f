import type { Page } from "@playwright/test";

/** What is wider than its place, apart from code and tables, which scroll by themselves. */
export const sidewaysScrollers = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        return element === document.documentElement || overflowX === "auto" || overflowX === "scroll";
      })
      .filter((element) => !element.matches("section[tabindex]"))
      .map(
        (element) =>
          `${element.localName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth}`,
      ),
  );
