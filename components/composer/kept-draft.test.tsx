import { beforeEach, describe, expect, it, vi } from "vitest";
import { ComposerDraft } from "./composer-draft";

const IMAGE = { id: "1", name: "a.png", width: 10, height: 10, tokens: 2 };
const HOUR = 60 * 60 * 1000;
const picture = (at: number, source: Blob | null = new Blob(["x"], { type: "image/png" })) => {
  return { name: "a.png", source, uploaded: { image: IMAGE, at } };
};

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
});

describe("a draft that was kept", () => {
  it("comes back with text and pictures, and can be sent", () => {
    const draft = new ComposerDraft();
    draft.takeKept({ text: "Hello", pictures: [picture(Date.now())], documents: [] });
    expect(draft.sendable()).toEqual({ text: "Hello", images: [IMAGE], documents: [] });
    const { text, pictures } = draft.kept();
    expect(text).toBe("Hello");
    expect(pictures).toMatchObject([{ name: "a.png", uploaded: { image: IMAGE } }]);
  });

  it("uploads again what the server may have given up", () => {
    const draft = new ComposerDraft();
    draft.takeKept({ text: "", pictures: [picture(Date.now() - 30 * HOUR)], documents: [] });
    expect(draft.view().tiles).toMatchObject([{ name: "a.png", state: "preparing" }]);
  });

  it("stands before what was typed meanwhile, and not twice where the browser put it back itself", () => {
    const draft = new ComposerDraft();
    draft.setText("since");
    draft.takeKept({ text: "before", pictures: [], documents: [] });
    expect(draft.view().text).toBe("before\n\nsince");
    const same = new ComposerDraft();
    same.setText("same");
    same.takeKept({ text: "same", pictures: [], documents: [] });
    expect(same.view().text).toBe("same");
  });
});
