import { expect, test } from "vitest";
import { totalOf } from "@/lib/context/context";
import { tokensAgain } from "../image/tokens-again";
import { draftTokens } from "./context-meter";
import type { Tile } from "./tiles";

const common = { key: "1", name: "a.png", sample: false };
const size = { width: 100, height: 100, tokens: 20 };

test("a message being written counts its text and those of its pictures whose size is known", () => {
  const tiles: Tile[] = [
    { ...common, state: "ready", image: { id: "1", name: "a.png", width: 800, height: 600, tokens: 660 } },
    { ...common, state: "uploading", progress: 0.5, preview: null, size },
    { ...common, state: "preparing" },
  ];
  const tokens = draftTokens("  Eight letters ", tiles);
  expect(tokens).toMatchObject({ text: 4, images: 680 });
  expect(totalOf(tokens)).toBe(684);
  expect(totalOf(draftTokens("  ", []))).toBe(0);
});

test("a picture costs its tokens, its words, or the note that it was there", () => {
  const notes = { caption: null, captionBy: null, description: "x".repeat(400) };
  expect(tokensAgain({ tokens: 660 })).toBe(660);
  expect(tokensAgain({ tokens: 660, notes, context: "described" })).toBe(114);
  expect(tokensAgain({ tokens: 660, notes, context: "dropped" })).toBe(14);
});
