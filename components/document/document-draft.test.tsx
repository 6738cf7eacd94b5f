import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestFailed } from "@/lib/client/api";
import { DocumentRefused } from "@/lib/client/documents/refused";
import { dropBrought } from "@/lib/client/drafts/brought";
import type { KeptDocument } from "@/lib/client/drafts/kept";
import type { UploadedDocument } from "@/lib/documents/document";
import type { DocumentPart } from "@/lib/messages/message";
import { DocumentDraft } from "./document-draft";
import type { DocumentTile } from "./tiles";

const server = vi.hoisted(() => ({ upload: vi.fn(), draw: vi.fn(), fetch: vi.fn(), request: vi.fn() }));
vi.mock("@/lib/client/documents/upload", () => ({ uploadDocument: server.upload }));
vi.mock("@/lib/client/documents/pages", () => ({ drawDocument: server.draw, fetchDocument: server.fetch }));
vi.mock("@/lib/client/api", async (actual) => ({ ...(await actual<object>()), request: server.request }));

const BOOK: UploadedDocument = {
  id: "book",
  name: "book.pdf",
  contentType: "application/pdf",
  bytes: 1,
  pages: 3,
  tokens: 60,
  pageTokens: [10, 20, 30],
  rough: false,
  pictureTokens: [2200, 2200, 2200],
  hasText: true,
};
const file = new File(["x"], "book.pdf");

let tiles: readonly DocumentTile[];
let draft: DocumentDraft;
beforeEach(() => {
  tiles = [];
  draft = new DocumentDraft((changed) => {
    tiles = changed;
  });
  server.request.mockResolvedValue(undefined);
});
afterEach(() => {
  vi.resetAllMocks();
  vi.useRealTimers();
  dropBrought("book", "book again");
});

const states = () => tiles.map(({ state }) => state);
const settled = () => vi.waitFor(() => expect(draft.onTheirWay).toBe(false));
const first = () => tiles[0]?.key ?? "";

describe("DocumentDraft", () => {
  it("sends the whole document, or the pages that were chosen", async () => {
    server.upload.mockResolvedValue(BOOK);
    draft.add([file]);
    expect(draft.onTheirWay).toBe(true);
    await settled();
    expect(draft.parts()).toMatchObject([{ documentId: "book", firstPage: 1, lastPage: 3, tokens: 60 }]);
    draft.choose(first(), 2, 3);
    expect(draft.parts()).toMatchObject([{ firstPage: 2, lastPage: 3, tokens: 50 }]);
  });

  it("keeps the others when one is refused, and that one until it is sent or retried", async () => {
    server.upload
      .mockRejectedValueOnce(new DocumentRefused("damaged", "bad.pdf"))
      .mockRejectedValueOnce(new DocumentRefused("upload-failed", "slow.pdf"))
      .mockResolvedValue(BOOK);
    draft.add([file, file, file]);
    await settled();
    expect(states()).toEqual(["failed", "failed", "ready"]);
    expect(draft.parts()).toHaveLength(1);
    draft.sent();
    expect(states()).toEqual(["failed"]);
    draft.again(first());
    await settled();
    expect(states()).toEqual(["ready"]);
  });

  it("takes back from the server what is taken out, also when it arrives after that", async () => {
    let arrive = (_: UploadedDocument) => {};
    server.upload.mockReturnValue(new Promise((resolve) => (arrive = resolve)));
    draft.add([file]);
    await vi.waitFor(() => expect(server.upload).toHaveBeenCalled());
    draft.remove(first());
    expect(tiles).toEqual([]);
    arrive(BOOK);
    await vi.waitFor(() => expect(server.request).toHaveBeenCalledWith("DELETE", "/api/documents/book"));
    expect(tiles).toEqual([]);
  });

  it("has pictures in the place of pages, each when it is there; those that could not be drawn stay chosen", async () => {
    server.upload.mockResolvedValue(BOOK);
    draft.add([file]);
    await settled();
    const taken: string[] = [];
    const take = ({ id }: { id: string }) => taken.push(id) > 0;
    server.draw.mockImplementationOnce(async (_id, _first, _last, onDrawn) => {
      onDrawn({ id: "page 1" });
      expect(taken).toEqual(["page 1"]);
      expect(tiles).toMatchObject([{ drawn: 1, firstPage: 1 }]);
      expect(draft.kept()).toMatchObject([{ uploaded: { part: { firstPage: 2, lastPage: 3 } } }]);
      throw new Error("away");
    });
    await expect(draft.draw(first(), take)).rejects.toThrow("away");
    expect(tiles).toMatchObject([{ state: "ready", drawn: null, firstPage: 2, lastPage: 3 }]);
    await draft.draw(first(), take);
    expect(server.draw).toHaveBeenLastCalledWith("book", 2, 3, expect.any(Function), expect.any(AbortSignal));
    expect(tiles).toEqual([]);
  });

  it("keeps the pages chosen for which no room was left meanwhile, and draws no more of them", async () => {
    server.upload.mockResolvedValue(BOOK);
    draft.add([file]);
    await settled();
    const take = vi.fn().mockReturnValueOnce(true).mockReturnValue(false);
    server.draw.mockImplementationOnce(async (_id, _first, _last, onDrawn, signal: AbortSignal) => {
      onDrawn({ id: "page 1" });
      onDrawn({ id: "page 2" });
      signal.throwIfAborted();
      onDrawn({ id: "page 3" });
    });
    await draft.draw(first(), take);
    expect(take).toHaveBeenCalledTimes(2);
    expect(tiles).toMatchObject([{ state: "ready", drawn: null, firstPage: 2, lastPage: 3 }]);
    expect(server.request.mock.calls).toEqual([["DELETE", "/api/images/page 2"]]);

    // Also where the last page is the one without room.
    server.draw.mockImplementationOnce(async (_id, _first, _last, onDrawn) => onDrawn({ id: "page 2" }));
    await draft.draw(first(), take);
    expect(tiles).toMatchObject([{ state: "ready", drawn: null, firstPage: 2, lastPage: 3 }]);
  });

  it("taken out while its pages are drawn ends that, and tells nobody", async () => {
    server.upload.mockResolvedValue(BOOK);
    draft.add([file]);
    await settled();
    server.draw.mockImplementationOnce(async (_id, _first, _last, _onDrawn, signal: AbortSignal) => {
      draft.remove(first());
      signal.throwIfAborted();
    });
    await draft.draw(first(), () => true);
    expect(tiles).toEqual([]);
    expect(server.request).toHaveBeenCalledTimes(1);
  });

  /** What the browser keeps of a document of which the pages 2 and 3 are chosen. */
  async function keptWithPages(): Promise<KeptDocument> {
    server.upload.mockResolvedValueOnce(BOOK);
    draft.add([file]);
    await settled();
    draft.choose(first(), 2, 3);
    const [kept] = draft.kept();
    if (!kept) throw new Error("nothing is kept");
    draft.sent();
    return kept;
  }

  it("outlives the page: its pages by what the server has, its bytes where that may have given it up", async () => {
    server.upload.mockResolvedValue(BOOK);
    server.fetch.mockResolvedValue(BOOK);
    const kept = await keptWithPages();
    draft.takeKept(kept);
    await settled();
    expect(draft.parts()).toMatchObject([{ documentId: "book", firstPage: 2, lastPage: 3 }]);
    expect(server.upload).toHaveBeenCalledTimes(1);
    draft.sent();
    if (kept.uploaded) kept.uploaded.at -= 30 * 60 * 60 * 1000;
    draft.takeKept(kept);
    await settled();
    expect(server.upload).toHaveBeenCalledTimes(2);
    expect(draft.parts()).toHaveLength(1);
  });

  it("that cannot be found just now stays, is kept with bytes and pages, and can be tried again", async () => {
    const kept = await keptWithPages();
    server.fetch.mockRejectedValueOnce(new RequestFailed({ code: "storage-down", details: {} }));
    draft.takeKept(kept);
    expect(draft.kept()).toEqual([kept]);
    await settled();
    expect(tiles).toMatchObject([{ state: "failed", again: true, refused: { problem: "storage-down" } }]);
    expect(draft.kept()).toEqual([kept]);
    // The words go without it; it stays for the next message.
    draft.sent();
    expect(states()).toEqual(["failed"]);
    server.fetch.mockResolvedValueOnce(BOOK);
    draft.again(first());
    expect(states()).toEqual(["reading"]);
    await settled();
    expect(draft.parts()).toMatchObject([{ documentId: "book", firstPage: 2, lastPage: 3 }]);
    expect(server.upload).toHaveBeenCalledTimes(1);
  });

  it("that the server has given up is uploaded again, with the chosen pages, also when that fails at first", async () => {
    const kept = await keptWithPages();
    server.fetch.mockRejectedValueOnce(new RequestFailed({ code: "not-found", details: {} }));
    server.upload.mockRejectedValueOnce(new DocumentRefused("upload-failed", "book.pdf"));
    draft.takeKept(kept);
    await settled();
    expect(tiles).toMatchObject([{ state: "failed", again: true }]);
    expect(draft.kept()).toMatchObject([{ source: { size: 1 }, uploaded: { part: { firstPage: 2 } } }]);
    server.upload.mockResolvedValueOnce({ ...BOOK, id: "book again" });
    draft.again(first());
    await settled();
    expect(draft.parts()).toMatchObject([{ documentId: "book again", firstPage: 2, lastPage: 3 }]);
  });

  it("a day later is uploaded again with the chosen pages, not with all of them", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const kept = await keptWithPages();
    vi.setSystemTime(Date.now() + 25 * 60 * 60 * 1000);
    server.upload.mockResolvedValue({ ...BOOK, id: "book again" });
    draft.takeKept(kept);
    await settled();
    expect(draft.parts()).toMatchObject([{ documentId: "book again", firstPage: 2, lastPage: 3 }]);
    expect(server.fetch).not.toHaveBeenCalled();
  });

  it("that nobody has any more says that it is gone, and is not kept", async () => {
    const kept = await keptWithPages();
    dropBrought("book");
    server.fetch.mockRejectedValueOnce(new RequestFailed({ code: "not-found", details: {} }));
    draft.takeKept({ ...kept, source: null });
    await settled();
    expect(tiles).toMatchObject([{ state: "failed", again: false, refused: { problem: "not-found" } }]);
    expect(draft.kept()).toEqual([]);
  });

  it("says when the chosen pages have no text", async () => {
    server.upload.mockResolvedValue({ ...BOOK, pageTokens: [0, 0, 30] });
    draft.add([file]);
    await settled();
    expect(draft.textless).toBeUndefined();
    draft.choose(first(), 1, 2);
    expect(draft.textless?.name).toBe("book.pdf");
  });

  it("gets what was not accepted back with its pages, before what was added since", async () => {
    server.upload.mockResolvedValue({ ...BOOK, id: "since" });
    server.fetch.mockResolvedValue(BOOK);
    draft.add([file]);
    await settled();
    draft.restore([
      { ...BOOK, type: "document", documentId: "book", firstPage: 2, lastPage: 2 } as DocumentPart,
    ]);
    await settled();
    expect(draft.parts()).toMatchObject([
      { documentId: "book", firstPage: 2, lastPage: 2, tokens: 20 },
      { documentId: "since" },
    ]);
  });
});
