import { request } from "@/lib/client/api";
import { DocumentRefused } from "@/lib/client/documents/refused";
import type { KeptDocument } from "@/lib/client/drafts/kept";
import { newId } from "@/lib/client/ids";
import type { DraftImage } from "@/lib/client/threads";
import { tokensOfPages, type UploadedDocument } from "@/lib/documents/document";
import type { DocumentPart } from "@/lib/messages/message";

interface Common {
  /** Of the tile, in this tab only. */
  key: string;
  name: string;
}

/** A document whose pages can be chosen; pages count from 1. */
export interface ReadyDocument extends Common {
  state: "ready";
  document: UploadedDocument;
  firstPage: number;
  lastPage: number;
  /** How many of its pages are pictures by now, while they are being drawn. */
  drawn: number | null;
}

/** A document in the composer on its way to the server, being read there, and what came of it. */
export type DocumentTile =
  | (Common & { state: "uploading"; progress: number })
  | (Common & { state: "reading" })
  | ReadyDocument
  | (Common & { state: "failed"; refused: DocumentRefused; again: boolean });

/** Refusals that the same file may get past a moment later. */
const PASSING: readonly string[] = ["upload-failed", "too-many-unsent", "too-much-stored", "too-demanding"];

/** The documents of what somebody is about to send. `changed` is called with them whenever they did. */
export class DocumentDraft {
  #tiles: readonly DocumentTile[] = [];
  readonly #changed: (tiles: readonly DocumentTile[]) => void;
  readonly #uploads = new Map<string, { file: File; abort: AbortController }>();
  /** What was uploaded and when, by the tile's key: the server gives up what is not sent within a day. */
  readonly #uploaded = new Map<string, { source: Blob | null; at: number }>();

  constructor(changed: (tiles: readonly DocumentTile[]) => void) {
    this.#changed = changed;
  }

  /** Makes a tile of each file and brings them to the server. */
  add(files: readonly File[]): void {
    const tiles = files.map((file): DocumentTile => {
      const key = newId();
      this.#uploads.set(key, { file, abort: new AbortController() });
      return { key, name: file.name, state: "uploading", progress: 0 };
    });
    this.#set([...this.#tiles, ...tiles]);
    for (const { key } of tiles) void this.#bring(key);
  }

  again(key: string): void {
    const upload = this.#uploads.get(key);
    if (upload) this.#uploads.set(key, { ...upload, abort: new AbortController() });
    void this.#bring(key);
  }

  /** Chooses the pages that are sent. */
  choose(key: string, firstPage: number, lastPage: number): void {
    this.#put(key, (tile) => (tile.state === "ready" ? { ...tile, firstPage, lastPage } : tile));
  }

  remove(key: string): void {
    this.#uploads.get(key)?.abort.abort();
    const tile = this.#tiles.find((tile) => tile.key === key);
    if (tile?.state === "ready") this.#takeBack(tile.document.id);
    this.#forget((tile) => tile.key === key);
  }

  /** Pictures of the chosen pages, which then stand for the document. Throws RequestFailed; the document stays. */
  async draw(key: string): Promise<DraftImage[]> {
    const tile = this.#tiles.find((tile) => tile.key === key);
    if (tile?.state !== "ready") return [];
    const drawn = (count: number | null) =>
      this.#put(key, (tile) => (tile.state === "ready" ? { ...tile, drawn: count } : tile));
    drawn(0);
    try {
      const { drawDocument } = await import("@/lib/client/documents/pages");
      const images = await drawDocument(tile.document.id, tile.firstPage, tile.lastPage, drawn);
      if (!this.#tiles.some((tile) => tile.key === key)) return [];
      this.remove(key);
      return images;
    } catch (error) {
      drawn(null);
      throw error;
    }
  }

  get onTheirWay(): boolean {
    return this.#tiles.some(
      (tile) =>
        tile.state === "uploading" ||
        tile.state === "reading" ||
        (tile.state === "ready" && tile.drawn !== null),
    );
  }

  /** The first whose chosen pages have no text, which the model could not see anything of. */
  get textless(): ReadyDocument | undefined {
    return this.#ready().find((tile) => tokensOf(tile) === 0);
  }

  /** As parts of a message, in order. */
  parts(): DocumentPart[] {
    return this.#ready().map(partOf);
  }

  /** After sending; those that may yet succeed stay for the next message. */
  sent(): void {
    this.#forget((tile) => tile.state !== "failed" || !tile.again);
  }

  /** Takes back what was not accepted, before what has been added since. */
  restore(parts: readonly DocumentPart[]): void {
    const tiles = parts.map((part): [DocumentTile, DocumentPart] => [
      { key: newId(), name: part.name, state: "reading" },
      part,
    ]);
    this.#set([...tiles.map(([tile]) => tile), ...this.#tiles]);
    for (const [{ key }, part] of tiles) void this.#find(key, part);
  }

  /** All of them that outlive the page, but those that can never be sent. */
  kept(): KeptDocument[] {
    return this.#tiles.flatMap((tile): KeptDocument[] => {
      const { key, name } = tile;
      if (tile.state === "ready") {
        const { source = null, at = 0 } = this.#uploaded.get(key) ?? {};
        return [{ name, source, uploaded: { part: partOf(tile), at } }];
      }
      const source = this.#uploads.get(key)?.file;
      return source ? [{ name, source, uploaded: null }] : [];
    });
  }

  /** Takes one back; what the server had longer ago than that many milliseconds is uploaded again. */
  takeKept({ name, source, uploaded }: KeptDocument, trustedMs: number): void {
    if (source && (!uploaded || Date.now() - uploaded.at > trustedMs)) {
      this.add([new File([source], name, { type: source.type })]);
    } else if (uploaded) this.#takeBackIn(uploaded.part, { source, at: uploaded.at });
  }

  #takeBackIn(part: DocumentPart, uploaded: { source: Blob | null; at: number }): void {
    const key = newId();
    this.#uploaded.set(key, uploaded);
    this.#set([...this.#tiles, { key, name: part.name, state: "reading" }]);
    void this.#find(key, part);
  }

  async #bring(key: string): Promise<void> {
    const upload = this.#uploads.get(key);
    if (!upload) return;
    const { file, abort } = upload;
    const onProgress = (progress: number) =>
      this.#put(key, ({ name }) =>
        progress < 1 ? { key, name, state: "uploading", progress } : { key, name, state: "reading" },
      );
    onProgress(0);
    try {
      const { uploadDocument } = await import("@/lib/client/documents/upload");
      const document = await uploadDocument(file, { signal: abort.signal, onProgress });
      if (abort.signal.aborted) return this.#takeBack(document.id);
      this.#uploaded.set(key, { source: file, at: Date.now() });
      this.#arrived(key, document, 1, document.pages);
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(key, error);
    }
  }

  async #find(key: string, part: DocumentPart): Promise<void> {
    try {
      const { fetchDocument } = await import("@/lib/client/documents/pages");
      this.#arrived(key, await fetchDocument(part.documentId), part.firstPage, part.lastPage);
    } catch {
      this.#fail(key, new DocumentRefused("upload-failed", part.name));
    }
  }

  #arrived(key: string, document: UploadedDocument, firstPage: number, lastPage: number): void {
    this.#uploads.delete(key);
    const { name } = document;
    this.#put(key, () => ({ key, name, state: "ready", document, firstPage, lastPage, drawn: null }));
  }

  #fail(key: string, error: unknown): void {
    const refused =
      error instanceof DocumentRefused
        ? error
        : new DocumentRefused("upload-failed", this.#uploads.get(key)?.file.name ?? "");
    const again = PASSING.includes(refused.reason) && this.#uploads.has(key);
    if (!again) this.#uploads.delete(key);
    this.#put(key, ({ name }) => ({ key, name, state: "failed", refused, again }));
  }

  /** Left behind, it would only wait for the server's own tidying up. */
  #takeBack(id: string): void {
    void request("DELETE", `/api/documents/${id}`).catch(() => {});
  }

  #ready = () => this.#tiles.filter((tile) => tile.state === "ready");

  #put(key: string, change: (tile: DocumentTile) => DocumentTile): void {
    this.#set(this.#tiles.map((tile) => (tile.key === key ? change(tile) : tile)));
  }

  #forget(which: (tile: DocumentTile) => boolean): void {
    for (const tile of this.#tiles) {
      if (!which(tile)) continue;
      this.#uploads.delete(tile.key);
      this.#uploaded.delete(tile.key);
    }
    this.#set(this.#tiles.filter((tile) => !which(tile)));
  }

  #set(tiles: readonly DocumentTile[]): void {
    this.#tiles = tiles;
    this.#changed(tiles);
  }
}

function partOf(tile: ReadyDocument): DocumentPart {
  const { id, name, contentType, pages } = tile.document;
  const { firstPage, lastPage } = tile;
  const tokens = tokensOf(tile);
  return { type: "document", documentId: id, name, contentType, pages, firstPage, lastPage, tokens };
}

/** What the chosen pages cost as text. */
export const tokensOf = ({ document, firstPage, lastPage }: ReadyDocument): number =>
  tokensOfPages(document.pageTokens, firstPage, lastPage);

/** What the chosen pages cost as pictures; null where pages cannot be drawn. */
export const pictureTokensOf = ({ document, firstPage, lastPage }: ReadyDocument): number | null =>
  document.pictureTokens && tokensOfPages(document.pictureTokens, firstPage, lastPage);
