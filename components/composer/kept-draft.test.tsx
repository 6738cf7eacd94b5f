import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dropBrought, keepBrought } from "@/lib/client/drafts/brought";
import { ComposerDraft } from "./composer-draft";

const IMAGE = { id: "1", name: "a.png", width: 10, height: 10, tokens: 2 };
const HOUR = 60 * 60 * 1000;
const picture = (at: number, source: Blob | null = new Blob(["x"], { type: "image/png" })) => {
  return { name: "a.png", source, uploaded: { image: IMAGE, at } };
};

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
});

afterEach(() => {
  vi.useRealTimers();
  dropBrought("1", "2");
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

  it("uploads again what was not accepted when it comes back a day later, in its place and with its own words", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const notes = { caption: "A dog", captionBy: "person" as const, description: null };
    keepBrought("1", { source: new Blob(["x"], { type: "image/png" }), at: Date.now() });
    keepBrought("2", { source: new Blob(["y"], { type: "image/png" }), at: Date.now() + 9 * HOUR });
    const images = [
      { ...IMAGE, notes },
      { ...IMAGE, id: "2", name: "b.png" },
    ];
    const draft = new ComposerDraft({ mostImages: () => 1 });
    vi.setSystemTime(Date.now() + 25 * HOUR);
    draft.restore({ text: "Look", images, documents: [] });
    expect(draft.view().tiles).toMatchObject([
      { name: "a.png", state: "preparing" },
      { name: "b.png", state: "ready" },
    ]);
    expect(draft.kept().pictures).toMatchObject([
      { source: { size: 1 }, uploaded: null, caption: "A dog" },
      { source: { size: 1 }, uploaded: { image: { id: "2" } } },
    ]);
  });

  it("loses no old picture where fewer fit into the message now", () => {
    const draft = new ComposerDraft({ mostImages: () => 1 });
    const old = picture(Date.now() - 30 * HOUR);
    draft.takeKept({ text: "", pictures: [old, old], documents: [] });
    expect(draft.view().tiles).toHaveLength(2);
  });

  it("says of a picture that nobody has any more that it is gone, and lets the rest be sent", async () => {
    vi.stubGlobal("fetch", async () => Response.json({ error: { code: "not-found" } }, { status: 404 }));
    const draft = new ComposerDraft();
    draft.restore({ text: "Look", images: [IMAGE], documents: [] });
    await vi.waitFor(() =>
      expect(draft.view().tiles).toMatchObject([
        { state: "failed", again: false, refused: { problem: "not-found", imageName: "a.png" } },
      ]),
    );
    expect(draft.sendable()).toEqual({ text: "Look", images: [], documents: [] });
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

  it("keeps the person's own words for a picture, also for one that is uploaded again; the model's are its own", () => {
    const words = (captionBy: "person" | "model") => ({ caption: "A dog", captionBy, description: null });
    const withWords = (at: number, by: "person" | "model") => {
      const kept = picture(at);
      return { ...kept, uploaded: { ...kept.uploaded, image: { ...IMAGE, notes: words(by) } } };
    };
    const draft = new ComposerDraft();
    draft.takeKept({ text: "", pictures: [withWords(Date.now(), "person")], documents: [] });
    expect(draft.sendable()).toMatchObject({ images: [{ notes: { caption: "A dog" } }] });
    draft.noted("1", { caption: "A cat", captionBy: "person", description: null });
    expect(draft.kept().pictures).toMatchObject([{ uploaded: { image: { notes: { caption: "A cat" } } } }]);

    const old = new ComposerDraft();
    const pictures = [
      withWords(Date.now() - 30 * HOUR, "person"),
      withWords(Date.now() - 30 * HOUR, "model"),
    ];
    old.takeKept({ text: "", pictures, documents: [] });
    expect(old.kept().pictures.map(({ caption }) => caption)).toEqual(["A dog", undefined]);
  });
});
