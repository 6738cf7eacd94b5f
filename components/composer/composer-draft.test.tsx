import { beforeEach, describe, expect, it, vi } from "vitest";
import { broughtOf } from "@/lib/client/drafts/brought";
import { ComposerDraft } from "./composer-draft";

const IMAGE = { id: "1", name: "a.png", width: 10, height: 10, tokens: 2 };
beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
});

const files = (count: number) => Array.from({ length: count }, (_, index) => new File([], `${index}.png`));

/** Resolves when every picture has come to its end, good or bad. */
const settled = (draft: ComposerDraft) =>
  new Promise<void>((done) => {
    const look = () => {
      if (!draft.view().tiles.some(({ state }) => state === "preparing" || state === "uploading")) done();
    };
    draft.subscribe(look);
    look();
  });

describe("ComposerDraft", () => {
  it("can be sent with text alone, with pictures alone, and not with neither", () => {
    const draft = new ComposerDraft();
    draft.setText("  ");
    expect(draft.sendable()).toBe("empty");
    draft.setText(" Hello\n");
    expect(draft.sendable()).toEqual({ text: "Hello", images: [], documents: [] });
    const other = new ComposerDraft();
    other.restore({ text: "", images: [IMAGE], documents: [] });
    expect(other.sendable()).toEqual({ text: "", images: [IMAGE], documents: [] });
  });

  it("waits for pictures that are on their way", () => {
    const draft = new ComposerDraft();
    draft.setText("Hello");
    draft.add(files(1));
    expect(draft.sendable()).toBe("uploading");
  });

  it("does not lose the message nor the other pictures to a bad one", async () => {
    const draft = new ComposerDraft();
    draft.restore({ text: "Look", images: [IMAGE], documents: [] });
    draft.add(files(1));
    await settled(draft);
    expect(draft.view().tiles.map(({ state }) => state)).toEqual(["ready", "failed"]);
    expect(draft.sendable()).toEqual({ text: "Look", images: [IMAGE], documents: [] });
  });

  it("takes as many pictures as fit into a message and counts the rest", () => {
    const draft = new ComposerDraft({ mostImages: () => 3 });
    draft.add(files(5));
    expect(draft.view().tiles).toHaveLength(3);
    expect(draft.view().leftOut).toBe(2);
  });

  it("says when a picture that the server has finds no room, and has what it had", () => {
    const draft = new ComposerDraft({ mostImages: () => 2 });
    expect(draft.addImage(IMAGE)).toBe(true);
    draft.restore({ text: "", images: [{ ...IMAGE, id: "2" }], documents: [] });
    expect(draft.addImage({ ...IMAGE, id: "3" })).toBe(false);
    expect(draft.sendable()).toMatchObject({ images: [{ id: "2" }, { id: "1" }] });
  });

  it("has the bytes of a page's picture, which only the server had, for as long as it is there", async () => {
    const there = Promise.withResolvers<void>();
    vi.stubGlobal("fetch", async () => {
      await there.promise;
      return new Response(new Blob(["x"]));
    });
    const draft = new ComposerDraft();
    draft.addImage({ ...IMAGE, id: "page" });
    draft.addImage({ ...IMAGE, id: "removed" });
    draft.remove(draft.view().tiles[1]?.key ?? "");
    there.resolve();
    await vi.waitFor(() => expect(draft.kept().pictures).toMatchObject([{ source: { size: 1 } }]));
    expect(broughtOf("removed")).toBeUndefined();
  });

  it("keeps every picture when another model takes fewer, and is not sent before some are taken out", () => {
    let limit = 3;
    const draft = new ComposerDraft({ mostImages: () => limit });
    const images = ["1", "2", "3"].map((id) => ({ ...IMAGE, id }));
    draft.restore({ text: "Look", images, documents: [] });
    expect(draft.sendable()).toMatchObject({ images });
    limit = 1;
    expect(draft.view().tiles).toHaveLength(3);
    expect(draft.tooMany).toBe(2);
    expect(draft.sendable()).toBe("tooMany");
    for (const { key } of draft.view().tiles.slice(1)) draft.remove(key);
    expect(draft.sendable()).toMatchObject({ images: [IMAGE] });
    limit = 0;
    draft.add(files(1));
    expect(draft.view().leftOut).toBe(1);
  });

  it("is empty after sending; a file that is no picture goes with it", async () => {
    const draft = new ComposerDraft();
    draft.setText("Hello");
    draft.add(files(1));
    await settled(draft);
    draft.sent();
    expect(draft.view()).toEqual({ text: "", tiles: [], documents: [], leftOut: 0, documentsLeftOut: 0 });
  });

  it("puts what was not accepted before what was typed since", () => {
    const draft = new ComposerDraft();
    draft.setText("since");
    draft.restore({ text: "before", images: [IMAGE], documents: [] });
    expect(draft.sendable()).toEqual({ text: "before\n\nsince", images: [IMAGE], documents: [] });
  });

  it("replaces what an earlier start brought, not what the person chose", () => {
    const draft = new ComposerDraft();
    draft.restore({ text: "", images: [IMAGE], documents: [] });
    draft.begin("first", files(1));
    draft.begin("second", files(1));
    expect(draft.view().text).toBe("second");
    expect(draft.view().tiles).toHaveLength(2);
  });
});
