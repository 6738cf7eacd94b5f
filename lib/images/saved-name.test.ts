import { expect, test } from "vitest";
import { savedName } from "./saved-name";

test.each([
  ["scene.avif", "image/jpeg", "scene.jpg"],
  ["IMG_1.HEIC", "image/jpeg", "IMG_1.jpg"],
  ["a.JPEG", "image/jpeg", "a.JPEG"],
  ["a.jpg", "image/png", "a.png"],
  ["a.webp", "image/webp", "a.webp"],
  ["Version 2.0", "image/png", "Version 2.0.png"],
  ["page.html", "image/jpeg", "page.html.jpg"],
])("%j, kept as %s, is saved as %j", (name, contentType, saved) => {
  expect(savedName(name, contentType)).toBe(saved);
});
