import { problemOf, request } from "@/lib/client/api";
import { DocumentRefused } from "@/lib/client/documents/refused";
import { broughtOf, dropBrought, fileAgain, isOld, keepBrought } from "@/lib/client/drafts/brought";
import type { KeptDocument } from "@/lib/client/drafts/kept";
import { newId } from "@/lib/client/ids";
import type { DraftImage } from "@/lib/client/threads";
import type { UploadedDocument } from "@/lib/documents/document";
import type { DocumentPart } from "@/lib/messages/message";
import { type DocumentTile, partOf, type ReadyDocument, tokensOf, undrawn } from "./tiles";

/** Refusals that the same file may get past a moment later. */
const PASSING: readonly string[] = ["upload-failed", "too-many-unsent", "too-much-stored", "too-demanding"];

/** The documents of what somebody is about to send. `changed` is called with them whenever they did. */
export class DocumentDraft {
  #tiles: readonly DocumentTile[] = [];
  readonly #changed: (tiles: readonly DocumentTile[]) => void;
  readonly #uploads = new Map<string, { file: File; abort: AbortController }>();
  /** What was chosen of those that were taken back, until they are there. */
  readonly #chosen = new Map<string, DocumentPart>();
  readonly #drawings = new Map<string, AbortController>();

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
    void (upload ? this.#bring(key) : this.#find(key));
  }

  /** Chooses the pages that are sent. */
  choose(key: string, firstPage: number, lastPage: number): void {
    this.#put(key, (tile) => (tile.state === "ready" ? { ...tile, firstPage, lastPage } : tile));
  }

  remove(key: string): void {
    this.#uploads.get(key)?.abort.abort();
    this.#drawings.get(key)?.abort();
    const tile = this.#tiles.find((tile) => tile.key === key);
    const id = tile?.state === "ready" ? tile.document.id : this.#chosen.get(key)?.documentId;
    if (id) this.#takeBack(id);
    this.#forget((tile) => tile.key === key);
  }

  /**
   * Pictures of the chosen pages, which then stand for the document; `take` gets each as soon as it is there, and says
   * false where it has no room left. Taking the document out ends it. Throws RequestFailed; then, and without room,
   * the pages that are missing stay chosen.
   */
  async draw(key: string, take: (image: DraftImage) => boolean): Promise<void> {
    const tile = this.#tiles.find((tile) => tile.key === key);
    if (tile?.state !== "ready") return;
    const { firstPage, lastPage, document } = tile;
    const abort = new AbortController();
    this.#drawings.set(key, abort);
    let drawn = 0;
    const tell = (drawn: number | null) =>
      this.#put(key, (tile) => (tile.state === "ready" ? { ...tile, drawn } : tile));
    tell(0);
    let full = false;
    const took = (image: DraftImage) => {
      if (take(image)) return tell(++drawn);
      // Pictures were added meanwhile.
      full = true;
      void request("DELETE", `/api/images/${image.id}`).catch(() => {});
      abort.abort();
    };
    try {
      const { drawDocument } = await import("@/lib/client/documents/pages");
      await drawDocument(document.id, firstPage, lastPage, took, abort.signal);
      if (!full) this.remove(key);
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      this.#drawings.delete(key);
      // Where it was taken out, nothing is left to be changed.
      tell(null);
      this.choose(key, firstPage + drawn, lastPage);
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
    const tiles = parts.map((part) => this.#tileBack(part));
    this.#set([...tiles, ...this.#tiles]);
    for (const { key } of tiles) this.#see(key);
  }

  /** All of them that outlive the page, but those that can never be sent. */
  kept(): KeptDocument[] {
    return this.#tiles.flatMap((tile): KeptDocument[] => {
      const { key, name } = tile;
      if (tile.state === "ready") {
        const { source, at = 0 } = broughtOf(tile.document.id) ?? {};
        const bytes = source instanceof Blob ? source : null;
        return [{ name, source: bytes, uploaded: { part: partOf(undrawn(tile)), at } }];
      }
      const file = this.#uploads.get(key)?.file;
      const part = this.#chosen.get(key);
      if (part) return [keptBack(part, file)];
      return file ? [{ name, source: file, uploaded: null }] : [];
    });
  }

  /** Takes one back. */
  takeKept({ name, source, uploaded }: KeptDocument): void {
    if (!uploaded) {
      if (source) this.add([fileAgain(source, name)]);
      return;
    }
    const { part, at } = uploaded;
    if (source) keepBrought(part.documentId, { source, at });
    const tile = this.#tileBack(part);
    this.#set([...this.#tiles, tile]);
    this.#see(tile.key);
  }

  #tileBack(part: DocumentPart): DocumentTile {
    const key = newId();
    this.#chosen.set(key, part);
    return { key, name: part.name, state: "reading" };
  }

  /** Finds one that was taken back; what the server may have given up is uploaded again. */
  #see(key: string): void {
    const part = this.#chosen.get(key);
    const brought = part && broughtOf(part.documentId);
    if (!brought || !isOld(brought) || !this.#bringBack(key)) void this.#find(key);
  }

  /** Uploads the bytes of one that was taken back; false where nobody has them. */
  #bringBack(key: string): boolean {
    const part = this.#chosen.get(key);
    const source = part && broughtOf(part.documentId)?.source;
    if (!part || !(source instanceof Blob)) return false;
    this.#uploads.set(key, { file: fileAgain(source, part.name), abort: new AbortController() });
    void this.#bring(key);
    return true;
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
      const former = this.#chosen.get(key)?.documentId;
      if (former) dropBrought(former);
      keepBrought(document.id, { source: file, at: Date.now() });
      this.#arrived(key, document);
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(key, error);
    }
  }

  async #find(key: string): Promise<void> {
    const part = this.#chosen.get(key);
    if (!part) return;
    const { name } = part;
    this.#put(key, () => ({ key, name, state: "reading" }));
    try {
      const { fetchDocument } = await import("@/lib/client/documents/pages");
      this.#arrived(key, await fetchDocument(part.documentId), part);
    } catch (error) {
      const { code, details } = problemOf(error);
      const gone = code === "not-found";
      // Taken out meanwhile, it is not brought either.
      if (gone && this.#chosen.has(key) && this.#bringBack(key)) return;
      this.#fail(key, new DocumentRefused("upload-failed", name, details, code), !gone);
    }
  }

  #arrived(key: string, document: UploadedDocument, chosen = this.#chosen.get(key)): void {
    this.#uploads.delete(key);
    this.#chosen.delete(key);
    const { name, pages } = document;
    const firstPage = Math.min(chosen?.firstPage ?? 1, pages);
    const lastPage = Math.min(chosen?.lastPage ?? pages, pages);
    this.#put(key, () => ({ key, name, state: "ready", document, firstPage, lastPage, drawn: null }));
  }

  #fail(key: string, error: unknown, mayPass = true): void {
    const refused =
      error instanceof DocumentRefused
        ? error
        : new DocumentRefused("upload-failed", this.#uploads.get(key)?.file.name ?? "");
    const again = mayPass && PASSING.includes(refused.reason);
    if (!again) this.#drop(key);
    this.#put(key, ({ name }) => ({ key, name, state: "failed", refused, again }));
  }

  #drop(key: string): void {
    this.#uploads.delete(key);
    this.#chosen.delete(key);
  }

  /** Left behind, it would only wait for the server's own tidying up. */
  #takeBack(id: string): void {
    dropBrought(id);
    void request("DELETE", `/api/documents/${id}`).catch(() => {});
  }

  #ready = () => this.#tiles.filter((tile) => tile.state === "ready");

  #put(key: string, change: (tile: DocumentTile) => DocumentTile): void {
    this.#set(this.#tiles.map((tile) => (tile.key === key ? change(tile) : tile)));
  }

  #forget(which: (tile: DocumentTile) => boolean): void {
    for (const tile of this.#tiles) if (which(tile)) this.#drop(tile.key);
    this.#set(this.#tiles.filter((tile) => !which(tile)));
  }

  #set(tiles: readonly DocumentTile[]): void {
    this.#tiles = tiles;
    this.#changed(tiles);
  }
}

/** One that was taken back and is not there again: the bytes that are being brought, or were before. */
function keptBack(part: DocumentPart, file: File | undefined): KeptDocument {
  const { source, at = 0 } = broughtOf(part.documentId) ?? {};
  const bytes = file ?? (source instanceof Blob ? source : null);
  return { name: part.name, source: bytes, uploaded: { part, at } };
}
