import { aPdf } from "../lib/documents/testing/files";
import { attach, tiles } from "./support/attaching";
import { answered, button, composer, questions } from "./support/chat";
import { documentFile, documents } from "./support/documents";
import { expect, test } from "./support/fixtures";
import { photo } from "./support/pictures";
import { sidewaysScrollers } from "./support/reflow";

test("somebody chooses pages by touch, beside a picture, sends, and reads them in the question", async ({
  person: _,
  watched: page,
}) => {
  await page.goto("/");
  await expect(composer(page)).toBeVisible();
  const name = "the-harbour-masters-report-with-a-very-long-name.pdf";
  await attach(page, [
    documentFile(name, "application/pdf", await aPdf(["One", "Two", "Three"])),
    await photo("harbour.jpg", 800, 600),
  ]);
  await expect(tiles(page)).toHaveText([/660 tokens/]);
  const tile = documents(page);
  await expect(tile).toContainText("3 pages");
  await tile.getByRole("spinbutton", { name: "First page" }).fill("2");
  for (const control of [
    button(page, `Remove ${name}`),
    button(page, `Show the text of ${name}`),
    tile.getByRole("spinbutton", { name: "Last page" }),
    tile.getByRole("button", { name: /^Send as 2 pictures/ }),
  ]) {
    const box = await control.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  expect(await sidewaysScrollers(page)).toEqual([]);
  await expect(button(page, "Send")).toBeInViewport({ ratio: 1 });

  await composer(page).fill("[[say:Two of them.]] How many?");
  await button(page, "Send").tap();
  await answered(page);
  const chip = questions(page).getByRole("button", { name: /the-harbour-masters/ });
  await expect(chip).toContainText("2–3 of 3 pages");
  await chip.tap();
  const preview = page.getByRole("dialog");
  await expect(preview).toContainText("Two");
  await preview.getByRole("button", { name: "Next page" }).tap();
  await expect(preview).toContainText("Three");
  expect(await sidewaysScrollers(page)).toEqual([]);
  await preview.getByRole("button", { name: "Close" }).tap();
  await expect(preview).toBeHidden();
});

test("on a low screen, as above a telephone's keyboard, Send stays in sight beside pictures, a document and a long text", async ({
  person: _,
  watched: page,
}) => {
  await page.setViewportSize({ width: 740, height: 340 });
  await page.goto("/");
  await attach(page, [
    await photo("harbour.jpg", 900, 600),
    documentFile("tides.pdf", "application/pdf", await aPdf(["High water", "Low water"])),
  ]);
  await expect(tiles(page)).toHaveText(/tokens/);
  await expect(documents(page)).toContainText("tokens");
  await composer(page).fill("A long question.\n".repeat(30));
  await expect(button(page, "Send")).toBeInViewport({ ratio: 1 });
  await expect(composer(page)).toBeInViewport({ ratio: 1 });
});
