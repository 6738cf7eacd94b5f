import { request } from "@/lib/client/api";
import {
  broughtOf,
  dropBrought,
  fileAgain,
  isOld,
  keepBrought,
  ownCaptionOf,
} from "@/lib/client/drafts/brought";
import type { KeptComposer } from "@/lib/client/drafts/keeper";
import type { KeptPicture } from "@/lib/client/drafts/kept";
import { newId } from "@/lib/client/ids";
import { isPicture } from "@/lib/client/images/files";
import type { Draft, DraftImage } from "@/lib/client/threads";
import { MOST_DOCUMENTS } from "@/lib/documents/document";
import type { ImageDetails } from "@/lib/images/schema";
import type { ImageNotes } from "@/lib/messages/message";
import { DocumentDraft } from "../document/document-draft";
import { dropLocal, keepLocalBytes } from "../image/local-pictures";
import { type DraftView, EMPTY_DRAFT } from "./draft-view";
import { type Carried, draftImageOf, nameOf, PictureUploads } from "./picture-uploads";
import { isOnItsWay, type Tile } from "./tiles";

/**
 * What somebody is about to send in one thread. It outlives the composer on the screen: uploads go on and the text
 * stays while other threads are looked at.
 */
export class ComposerDraft {
  #view = EMPTY_DRAFT;
  readonly #listeners = new Set<() => void>();
  readonly #pictures: PictureUploads;
  readonly documents = new DocumentDraft((documents) => this.#change({ documents }));

  /** Its pictures stay in this tab's memory; nothing else can be added. */
  readonly temporary: boolean;

  /** Pictures that fit into the message, as the thread's model is now. */
  readonly mostImages: () => number;

  constructor({ temporary = false, mostImages = (): number => 10 } = {}) {
    this.temporary = temporary;
    this.mostImages = mostImages;
    this.#pictures = new PictureUploads({ temporary, put: (key, change) => this.#put(key, change) });
  }

  view = (): DraftView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  setText(text: string): void {
    this.#change({ text });
  }

  /**
   * Makes a tile of each file and brings them to the server, which fetches those of which only the address is known;
   * those beyond the limit are only counted.
   */
  add(sources: readonly (File | string)[], { sample = false } = {}): void {
    this.#addPictures(
      sources.filter((source) => (typeof source === "string" ? !this.temporary : isPicture(source))),
      sample,
    );
    if (this.temporary) return;
    this.#addDocuments(
      sources.filter((source) => typeof source !== "string" && !isPicture(source)) as File[],
    );
  }

  /** A picture that the server has already, behind the others; false where no more fits into the message. */
  addImage(image: DraftImage): boolean {
    if (this.room === 0) return false;
    const tile: Tile = { ...this.#common(image.name, false), state: "ready", image: draftImageOf(image) };
    this.#change({ tiles: [...this.#view.tiles, tile] });
    void this.#pictures.fetchBytes(tile.key, image.id);
    return true;
  }

  /** How many more pictures fit into the message. */
  get room(): number {
    return Math.max(0, this.mostImages() - this.#held);
  }

  /** How many more there are than fit, as when another model was chosen for the thread. */
  get tooMany(): number {
    return Math.max(0, this.#held - this.mostImages());
  }

  get #held(): number {
    return this.#view.tiles.filter((tile) => tile.state !== "failed" || tile.again).length;
  }

  #addDocuments(files: readonly File[]): void {
    const held = this.#view.documents.filter((tile) => tile.state !== "failed" || tile.again).length;
    const taken = files.slice(0, Math.max(0, MOST_DOCUMENTS - held));
    this.#change({ documentsLeftOut: files.length - taken.length });
    this.documents.add(taken);
  }

  #addPictures(sources: readonly (File | string)[], sample: boolean): void {
    const taken = sources.slice(0, this.room);
    const tiles = taken.map((source) => this.#tileOf(source, sample));
    this.#change({ tiles: [...this.#view.tiles, ...tiles], leftOut: sources.length - taken.length });
    for (const { key } of tiles) void this.#pictures.bring(key);
  }

  /** Fills it from one of the starts; what an earlier start brought goes. */
  begin(text: string, files: readonly File[]): void {
    for (const { key, sample } of this.#view.tiles) if (sample) this.remove(key);
    this.#change({ text });
    this.add(files, { sample: true });
  }

  again(key: string): void {
    void this.#pictures.bring(key);
  }

  /** Puts a picture in another place, counted from 0; the order is the one in which the model sees them. */
  move(key: string, to: number): void {
    const tile = this.#view.tiles.find((tile) => tile.key === key);
    if (!tile) return;
    const others = this.#view.tiles.filter((other) => other !== tile);
    this.#change({ tiles: [...others.slice(0, to), tile, ...others.slice(to)] });
  }

  /** What is known of a picture that stays in this tab; the server knows of the others. */
  detailsOf = (key: string): ImageDetails | undefined => this.#pictures.detailsOf(key);

  /** The file that a picture was made of; null when only the picture itself is left, as after a reload. */
  fileOf(key: string): File | null {
    const source = this.#pictures.sourceOf(key);
    return source instanceof File ? source : null;
  }

  /**
   * Puts another file in a picture's place, e.g. the edited one; what was uploaded of the first is taken back. The
   * person's own words for it stay, and what it was made of; the model's may tell what is blacked out now.
   */
  replace(key: string, file: File): void {
    const tile = this.#view.tiles.find((tile) => tile.key === key);
    if (!tile) return;
    if (tile.state === "ready") {
      const { origin } = this.detailsOf(key) ?? broughtOf(tile.image.id) ?? {};
      this.#pictures.carry(key, { caption: ownCaptionOf(tile.image), origin: origin ?? undefined });
    }
    this.#takeBack(tile);
    void this.#pictures.bring(key, file);
  }

  remove(key: string): void {
    const tile = this.#view.tiles.find((tile) => tile.key === key);
    if (tile) this.#takeBack(tile);
    this.#forget([key]);
  }

  /** There are other words for a picture now. */
  noted(imageId: string, notes: ImageNotes): void {
    const isIt = (tile: Tile) => tile.state === "ready" && tile.image.id === imageId;
    for (const { key } of this.#view.tiles.filter(isIt)) {
      this.#put(key, (tile) =>
        tile.state === "ready" ? { ...tile, image: { ...tile.image, notes } } : tile,
      );
    }
  }

  /** Takes out a picture that was deleted elsewhere. */
  gone(imageId: string): void {
    const keys = this.#view.tiles.flatMap((tile) =>
      tile.state === "ready" && tile.image.id === imageId ? [tile.key] : [],
    );
    dropBrought(imageId);
    if (keys.length > 0) this.#forget(keys);
  }

  /** What can be sent now, or why not. */
  sendable(): "empty" | "uploading" | "textless" | "tooMany" | Draft {
    const { text, tiles } = this.#view;
    if (tiles.some(isOnItsWay) || this.documents.onTheirWay) return "uploading";
    if (this.documents.textless) return "textless";
    if (this.tooMany > 0) return "tooMany";
    const documents = this.documents.parts();
    const images = tiles.flatMap((tile) => (tile.state === "ready" ? [tile.image] : []));
    const nothing = text.trim() === "" && images.length + documents.length === 0;
    return nothing ? "empty" : { text: text.trim(), images, documents };
  }

  /** Empties it after sending; pictures that may yet succeed stay for the next message. */
  sent(): void {
    this.#forget(
      this.#view.tiles.filter((tile) => !(tile.state === "failed" && tile.again)).map(({ key }) => key),
    );
    this.documents.sent();
    this.#change({ text: "", leftOut: 0, documentsLeftOut: 0 });
  }

  /**
   * Takes back what was not accepted, before what has been typed since; what the server may have given up is uploaded
   * again.
   */
  restore({ text, images, documents }: Draft): void {
    this.documents.restore(documents);
    const tiles = images.map((image) => this.#tileBack(image));
    const texts = [text, this.#view.text].filter((part) => part.trim() !== "");
    this.#change({ text: texts.join("\n\n"), tiles: [...tiles, ...this.#view.tiles] });
    for (const tile of tiles) this.#see(tile);
  }

  /** Of a picture that the server had. However many there are, none is left out here. */
  #tileBack(image: DraftImage): Tile {
    const brought = this.temporary ? undefined : broughtOf(image.id);
    if (!brought || !isOld(brought)) {
      if (brought?.source instanceof Blob) keepLocalBytes(image.id, brought.source);
      return { ...this.#common(image.name, false), state: "ready", image };
    }
    const { source, origin } = brought;
    dropBrought(image.id);
    return this.#tileAgain(source, image.name, { caption: ownCaptionOf(image), origin });
  }

  /** Of one that is to be brought. */
  #tileAgain(source: Blob | string, name: string, carried: Carried): Tile {
    const tile = this.#tileOf(typeof source === "string" ? source : fileAgain(source, name), false);
    this.#pictures.carry(tile.key, carried);
    return tile;
  }

  /** Brings a picture that was taken back, or asks for one that nobody could bring. */
  #see(tile: Tile): void {
    if (tile.state === "preparing") void this.#pictures.bring(tile.key);
    if (tile.state !== "ready" || this.temporary || broughtOf(tile.image.id)) return;
    void this.#pictures.check(tile.key, tile.image);
  }

  #takeBack(tile: Tile): void {
    this.#pictures.abort(tile.key);
    if (tile.state === "uploading" && tile.preview) URL.revokeObjectURL(tile.preview);
    if (tile.state !== "ready") return;
    dropLocal(tile.image.id);
    dropBrought(tile.image.id);
    if (this.temporary) return;
    // Left behind, it would only wait for the server's own tidying up.
    void request("DELETE", `/api/images/${tile.image.id}`).catch(() => {});
  }

  /** All of it that outlives the page; pictures that can never be sent are left out. */
  kept(): KeptComposer {
    const { text, tiles } = this.#view;
    const hopeful = tiles.filter((tile) => tile.state !== "failed" || tile.again);
    const pictures = hopeful.map((tile) => this.#pictures.keptOf(tile));
    return { text, pictures, documents: this.documents.kept() };
  }

  /** Takes that back, before what has been typed since; what the server may have given up is uploaded again. */
  takeKept({ text, pictures, documents }: KeptComposer): void {
    // Browsers may have put the same text back themselves.
    this.restore({ text: text === this.#view.text ? "" : text, images: [], documents: [] });
    const tiles = pictures.flatMap((picture) => this.#tileKept(picture) ?? []);
    this.#change({ tiles: [...this.#view.tiles, ...tiles] });
    for (const tile of tiles) this.#see(tile);
    for (const document of documents) this.documents.takeKept(document);
  }

  #tileKept({ name, source, uploaded, caption, origin }: KeptPicture): Tile | null {
    if (!uploaded) return source === null ? null : this.#tileAgain(source, name, { caption, origin });
    const { image, at } = uploaded;
    if (source !== null) keepBrought(image.id, { source, at, origin });
    return { ...this.#tileBack(image), name };
  }

  #tileOf(source: File | string, sample: boolean): Tile {
    const tile: Tile = { ...this.#common(nameOf(source), sample), state: "preparing" };
    this.#pictures.take(tile.key, source);
    return tile;
  }

  #common = (name: string, sample: boolean) => ({ key: newId(), name, sample });

  #put(key: string, change: (tile: Tile) => Tile): void {
    this.#change({ tiles: this.#view.tiles.map((tile) => (tile.key === key ? change(tile) : tile)) });
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) this.#pictures.forget(key);
    this.#change({ tiles: this.#view.tiles.filter(({ key }) => !keys.includes(key)) });
  }

  #change(part: Partial<DraftView>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}
