import { request } from "@/lib/client/api";
import type { KeptPicture } from "@/lib/client/drafts/kept";
import { newId } from "@/lib/client/ids";
import { importImage } from "@/lib/client/images/import";
import { type PreparedImage, prepareImage } from "@/lib/client/images/prepare";
import { ImageRefused } from "@/lib/client/images/refused";
import { uploadImage } from "@/lib/client/images/upload";
import type { DraftImage } from "@/lib/client/threads";
import { keepPicture } from "@/lib/client/threads/temporary";
import { nameOfAddress } from "@/lib/images/name";
import { keepLocal } from "../image/local-pictures";
import { mayPass, type Tile } from "./tiles";

interface Options {
  /** The pictures stay in this tab's memory. */
  temporary: boolean;
  /** Changes the tile with this key, if it is there still. */
  put(key: string, change: (tile: Tile) => Tile): void;
}

/** The pictures of a draft on their way to the server, by the key of their tiles. */
export class PictureUploads {
  readonly #temporary: boolean;
  readonly #put: Options["put"];
  /** Files, or addresses that the server fetches from. */
  readonly #sources = new Map<string, File | string>();
  readonly #uploads = new Map<string, AbortController>();
  /** What was uploaded of a picture, or fetched from where, and when, for keeping it beyond the page. */
  readonly #uploaded = new Map<string, { source: Blob | string; at: number }>();

  constructor({ temporary, put }: Options) {
    this.#temporary = temporary;
    this.#put = put;
  }

  /** What a picture is made of, before it is brought. */
  take(key: string, source: File | string): void {
    this.#sources.set(key, source);
  }

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
    this.#uploaded.delete(key);
  }

  /** The server has had it since then, from an earlier page. */
  uploadedBefore(key: string, uploaded: { source: Blob | string; at: number }): void {
    this.#uploaded.set(key, uploaded);
  }

  /** What outlives the page of a picture. */
  keptOf(tile: Tile): KeptPicture {
    const { source = null, at = 0 } = this.#uploaded.get(tile.key) ?? {};
    if (tile.state === "ready") return { name: tile.name, source, uploaded: { image: tile.image, at } };
    return { name: tile.name, source: this.#sources.get(tile.key) ?? null, uploaded: null };
  }

  async #upload(key: string, file: File, signal: AbortSignal): Promise<void> {
    const prepared = await prepareImage(file, signal);
    signal.throwIfAborted();
    const { name, width, height, tokens } = prepared;
    const preview = prepared.previewable ? URL.createObjectURL(prepared.blob) : null;
    const size = { width, height, tokens };
    const onProgress = (progress: number) =>
      this.#put(key, (tile) => ({ ...tile, name, state: "uploading", progress, preview, size }));
    onProgress(0);
    try {
      const image = this.#temporary
        ? keptHere(prepared)
        : await uploadImage(prepared, { signal, onProgress });
      if (preview) keepLocal(image.id, preview);
      this.#ready(key, image, prepared.blob);
    } catch (error) {
      if (preview) URL.revokeObjectURL(preview);
      throw error;
    }
  }

  async #import(key: string, address: string, signal: AbortSignal): Promise<void> {
    const image = await importImage(address);
    // Taken out meanwhile: the server has it all the same.
    if (signal.aborted) void request("DELETE", `/api/images/${image.id}`).catch(() => {});
    else this.#ready(key, image, address);
  }

  #ready(key: string, image: DraftImage, source: Blob | string): void {
    this.#uploaded.set(key, { source, at: Date.now() });
    this.#put(key, (tile) => ({ ...tile, name: image.name, state: "ready", image: draftImageOf(image) }));
  }

  #fail(key: string, error: unknown): void {
    const name = nameOf(this.#sources.get(key) ?? "");
    const refused = error instanceof ImageRefused ? error : new ImageRefused("upload-failed", name);
    const again = mayPass(refused);
    if (!again) this.#sources.delete(key);
    this.#put(key, (tile) => ({ ...tile, state: "failed", refused, again }));
  }
}

/** A picture of a temporary conversation, under an id of this tab. What cannot be seen here is not sent unseen. */
function keptHere({ blob, name, width, height, tokens, previewable }: PreparedImage): DraftImage {
  if (!previewable) throw new ImageRefused("unsupported-format", name);
  const id = newId();
  keepPicture(id, blob);
  return { id, name, width, height, tokens };
}

export const nameOf = (source: File | string): string =>
  source instanceof File ? source.name : nameOfAddress(source);

/** What a message needs of a picture. */
export const draftImageOf = ({ id, name, width, height, tokens }: DraftImage): DraftImage => {
  return { id, name, width, height, tokens };
};
