import { beforeEach, expect, test } from "vitest";
import { itemFor } from "./menu-keys";

const menu = document.createElement("div");

beforeEach(() => {
  menu.innerHTML = ["English", "Deutsch", "Dark", "Sign out"]
    .map((name) => `<button type="button" role="menuitem">${name}</button>`)
    .join("");
  document.body.replaceChildren(menu);
});

/** The item that a key leads to from the one named; null from outside the menu. */
function from(name: string | null, key: string) {
  const items = [...menu.querySelectorAll("button")];
  if (name) items.find((item) => item.textContent === name)?.focus();
  return itemFor(key, menu)?.textContent ?? null;
}

test.each([
  [null, "Home", "English"],
  [null, "ArrowDown", "English"],
  [null, "ArrowUp", "Sign out"],
  ["English", "ArrowDown", "Deutsch"],
  ["Sign out", "ArrowDown", "English"],
  ["Deutsch", "ArrowUp", "English"],
  ["English", "ArrowUp", "Sign out"],
  ["English", "End", "Sign out"],
  ["English", "d", "Deutsch"],
  ["Deutsch", "D", "Dark"],
  ["Dark", "d", "Deutsch"],
  ["English", "x", null],
  ["English", " ", null],
  ["English", "Enter", null],
])("from %s, %s leads to %s", (name, key, expected) => {
  expect(from(name, key)).toBe(expected);
});
