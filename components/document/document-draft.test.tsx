import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DocumentRefused } from "@/lib/client/documents/refused";
import type { UploadedDocument } from "@/lib/documents/document";
import type { DocumentPart } from "@/lib/messages/message";
import { DocumentDraft, type DocumentTile } from "./document-draft";

const server = vi.hoisted(() => ({ upload: vi.fn(), draw: vi.fn(), fetch: vi.fn(), request: vi.fn() }));
vi.mock("@/lib/client/documents/upload", () => ({ uploadDocument: server.upload }));
vi.mock("@/lib/client/documents/pages", () => ({ drawDocument: server.draw, fetchDocument: server.fetch }));
vi.mock("@/lib/client/api", () => ({ request: server.request }));

const BOOK: UploadedDocument = {
  id: "book",
  name: "book.pdf",
  contentType: "application/pdf",
  bytes: 1,
  pages: 3,
  tokens: 60,
  pageTokens: [10, 20, 30],
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
afterEach(() => vi.clearAllMocks());

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

  it("has pictures in the place of pages; when they cannot be drawn, the document stays", async () => {
    server.upload.mockResolvedValue(BOOK);
    draft.add([file]);
    await settled();
    draft.choose(first(), 1, 2);
    server.draw.mockRejectedValueOnce(new Error("away"));
    await expect(draft.draw(first())).rejects.toThrow("away");
    expect(tiles).toMatchObject([{ state: "ready", drawn: null }]);
    server.draw.mockResolvedValue([{ id: "1" }, { id: "2" }]);
    expect(await draft.draw(first())).toEqual([{ id: "1" }, { id: "2" }]);
    expect(server.draw).toHaveBeenLastCalledWith("book", 1, 2, expect.any(Function));
    expect(tiles).toEqual([]);
  });

  it("outlives the page: its pages by what the server has, its bytes where that may have given it up", async () => {
    server.upload.mockResolvedValue(BOOK);
    server.fetch.mockResolvedValue(BOOK);
    draft.add([file]);
    await settled();
    draft.choose(first(), 2, 3);
    const [kept] = draft.kept();
    if (!kept) throw new Error("nothing is kept");
    draft.sent();
    draft.takeKept(kept, 60_000);
    await settled();
    expect(draft.parts()).toMatchObject([{ documentId: "book", firstPage: 2, lastPage: 3 }]);
    expect(server.upload).toHaveBeenCalledTimes(1);
    draft.sent();
    draft.takeKept(kept, -1);
    await settled();
    expect(server.upload).toHaveBeenCalledTimes(2);
    expect(draft.parts()).toHaveLength(1);
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
