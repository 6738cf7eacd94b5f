import { expect, test } from "vitest";
import { mostPictures } from "./picture-limits";

const limits = { byModel: { ours: 10, other: 4, blind: 0 }, installation: "ours", own: null };

test("the thread's model says how many, then the person's, then the installation's", () => {
  expect(mostPictures(limits, null)).toBe(10);
  expect(mostPictures(limits, "other")).toBe(4);
  expect(mostPictures({ ...limits, own: "other" }, null)).toBe(4);
  expect(mostPictures({ ...limits, own: "other" }, "blind")).toBe(0);
});

test("a model that is offered no longer is passed over, as when it is answered", () => {
  expect(mostPictures({ ...limits, own: "other" }, "gone")).toBe(4);
  expect(mostPictures({ ...limits, own: "gone" }, "gone")).toBe(10);
});
