import { problemOf, request } from "@/lib/client/api";
import { type Brought, broughtOf, keepBrought } from "@/lib/client/drafts/brought";
import type { KeptPicture } from "@/lib/client/drafts/kept";
import { newId } from "@/lib/client/ids";
import { importImage } from "@/lib/client/images/import";
import { type PreparedImage, prepareImage } from "@/lib/client/images/prepare";
import { ImageRefused } from "@/lib/client/images/refused";
import { uploadImage } from "@/lib/client/images/upload";
import { saveCaption } from "@/lib/client/pictures";
import type { DraftImage } from "@/lib/client/threads";
import { keepPicture } from "@/lib/client/threads/temporary";
import { nameOfAddress } from "@/lib/images/name";
import type { ImageDetails, ImageOrigin } from "@/lib/images/schema";
import { keepLocal } from "../image/local-pictures";
import { mayPass, type Tile } from "./tiles";

interface Options {
  /** The pictures stay in this tab's memory. */
  temporary: boolean;
  /** Changes the tile with this key, if it is there still. */
  put(key: string, change: (tile: Tile) => Tile): void;
}

/** What goes with a picture that is brought anew. */
export interface Carried {
  /** The person's own words for it. */
  caption?: string | undefined;
  /** The file that was chosen, where this one was made of it. */
  origin?: ImageOrigin | undefined;
}

/** The pictures of a draft on their way to the server, by the key of their tiles. */
export class PictureUploads {
  readonly #temporary: boolean;
  readonly #put: Options["put"];
  /** Files, or addresses that the server fetches from. */
  readonly #sources = new Map<string, File | string>();
  readonly #uploads = new Map<string, AbortController>();
  /** Of pictures that stay in this tab. */
  readonly #details = new Map<string, ImageDetails>();
  readonly #carried = new Map<string, Carried>();

  constructor({ temporary, put }: Options) {
    this.#temporary = temporary;
    this.#put = put;
  }

  /** What a picture is made of, before it is brought. */
  take(key: string, source: File | string): void {
    this.#sources.set(key, source);
  }

  /** What goes with a picture, before it is brought. */
  carry(key: string, carried: Carried): void {
    this.#carried.set(key, carried);
  }

  detailsOf = (key: string): ImageDetails | undefined => this.#details.get(key);

  sourceOf = (key: string): File | string | undefined => this.#sources.get(key);

  /** Brings a picture to the server, or another file in its place. */
  async bring(key: string, source = this.#sources.get(key)): Promise<void> {
    if (source === undefined) return;
    this.#sources.set(key, source);
    const abort = new AbortController();
    this.#uploads.set(key, abort);
    try {
      this.#put(key, (tile) => ({ ...tile, state: "preparing" }));
      if (source instanceof File) await this.#upload(key, source, abort.signal);
      else await this.#import(key, source, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(key, error);
    }
  }

  abort(key: string): void {
    this.#uploads.get(key)?.abort();
  }

  forget(key: string): void {
    this.#sources.delete(key);
    this.#uploads.delete(key);
    this.#carried.delete(key);
    this.#details.delete(key);
  }

  /** What outlives the page of a picture. */
  keptOf(tile: Tile): KeptPicture {
    if (tile.state === "ready") {
      const { source = null, at = 0, origin } = broughtOf(tile.image.id) ?? {};
      return { name: tile.name, source, origin, uploaded: { image: tile.image, at } };
    }
    const source = this.#sources.get(tile.key) ?? null;
    return { name: tile.name, source, uploaded: null, ...this.#carried.get(tile.key) };
  }

  async #upload(key: string, file: File, signal: AbortSignal): Promise<void> {
    const made = await prepareImage(file, signal);
    signal.throwIfAborted();
    const prepared = { ...made, original: this.#carried.get(key)?.origin ?? made.original };
    const { name, width, height, tokens } = prepared;
    const preview = prepared.previewable ? URL.createObjectURL(prepared.blob) : null;
    // What the server makes of it has another size, and is not known yet.
    const bytes = prepared.previewable ? prepared.bytes : undefined;
    const size = { width, height, tokens, bytes };
    const onProgress = (progress: number) =>
      this.#put(key, (tile) => ({ ...tile, name, state: "uploading", progress, preview, size }));
    onProgress(0);
    try {
      const image = this.#temporary
        ? this.#keptHere(key, prepared)
        : await this.#captioned(key, await uploadImage(prepared, { signal, onProgress }));
      if (preview) keepLocal(image.id, preview);
      this.#ready(key, image, { source: prepared.blob, origin: prepared.original });
    } catch (error) {
      if (preview) URL.revokeObjectURL(preview);
      throw error;
    }
  }

  async #import(key: string, address: string, signal: AbortSignal): Promise<void> {
    const image = await importImage(address);
    // Taken out meanwhile: the server has it all the same.
    if (signal.aborted) void request("DELETE", `/api/images/${image.id}`).catch(() => {});
    else {
      const origin = image.origin ?? undefined;
      this.#ready(key, await this.#captioned(key, image), { source: address, origin });
    }
  }

  /** Brings the words that were written for it before; where that fails, all of it can be tried again. */
  async #captioned(key: string, image: DraftImage): Promise<DraftImage> {
    const { caption } = this.#carried.get(key) ?? {};
    if (caption === undefined) return image;
    try {
      return { ...image, notes: await saveCaption(image.id, caption) };
    } catch {
      throw new ImageRefused("upload-failed", image.name);
    }
  }

  #ready(key: string, image: DraftImage, brought: Omit<Brought, "at">): void {
    if (!this.#temporary) keepBrought(image.id, { ...brought, at: Date.now() });
    this.#carried.delete(key);
    this.#put(key, (tile) => ({ ...tile, name: image.name, state: "ready", image: draftImageOf(image) }));
  }

  /** Under an id of this tab. What cannot be seen here is not sent unseen. */
  #keptHere(key: string, prepared: PreparedImage): DraftImage {
    const { blob, name, width, height, tokens, bytes, previewable, original } = prepared;
    if (!previewable) throw new ImageRefused("unsupported-format", name);
    const image = { id: newId(), name, width, height, tokens, bytes };
    keepPicture(image.id, blob);
    const contentType = blob.type as ImageDetails["contentType"];
    this.#details.set(key, { ...image, contentType, origin: original });
    return image;
  }

  /** The bytes of one that only the server has, for the day when it has given them up; the page shows them anyway. */
  async fetchBytes(key: string, id: string): Promise<void> {
    const response = await fetch(`/api/images/${id}`).catch(() => null);
    const source = response?.ok && (await response.blob().catch(() => null));
    // Only while it is here still; with a change, so that it is kept.
    if (source) {
      this.#put(key, (tile) => {
        keepBrought(id, { source, at: Date.now() });
        return tile;
      });
    }
  }

  /** One of which nobody here has the bytes is no picture any more when the server has given it up. */
  async check(key: string, { id, name }: DraftImage): Promise<void> {
    try {
      await request("GET", `/api/images/${id}/details`);
    } catch (error) {
      if (problemOf(error).code !== "not-found") return;
      const refused = new ImageRefused("upload-failed", name, {}, "not-found");
      this.#put(key, (tile) => ({ ...tile, state: "failed", refused, again: false }));
    }
  }

  #fail(key: string, error: unknown): void {
    const name = nameOf(this.#sources.get(key) ?? "");
    const refused = error instanceof ImageRefused ? error : new ImageRefused("upload-failed", name);
    const again = mayPass(refused);
    if (!again) this.#sources.delete(key);
    this.#put(key, (tile) => ({ ...tile, state: "failed", refused, again }));
  }
}

export const nameOf = (source: File | string): string =>
  source instanceof File ? source.name : nameOfAddress(source);

/** What a message needs of a picture. */
export const draftImageOf = ({ id, name, width, height, tokens, bytes, notes }: DraftImage): DraftImage => {
  return { id, name, width, height, tokens, ...(bytes && { bytes }), ...(notes && { notes }) };
};
