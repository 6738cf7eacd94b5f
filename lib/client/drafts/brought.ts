import type { ImageOrigin } from "@/lib/images/schema";
import type { DraftImage } from "../threads/types";

/** What a picture or a document was uploaded of, or fetched from where, and when. */
export interface Brought {
  source: Blob | string;
  /** Milliseconds since 1970; 0 where that is not known. */
  at: number;
  /** Of a picture: the file that was chosen, whatever was made of it since. */
  origin?: ImageOrigin | undefined;
}

/** The server gives up what is not sent within a day. Milliseconds. */
const TRUSTED_MS = 20 * 60 * 60 * 1000;

/**
 * Of everything in this tab that the server has and no message of it yet, by the id that the server gave it: composer
 * and unsent question hand it to each other, and either may find it given up.
 */
const brought = new Map<string, Brought>();

export const keepBrought = (id: string, what: Brought): void => void brought.set(id, what);

export const broughtOf = (id: string): Brought | undefined => brought.get(id);

/** A message has them, or nobody wants them any more. */
export function dropBrought(...ids: string[]): void {
  for (const id of ids) brought.delete(id);
}

/** The server may have given it up by now. */
export const isOld = ({ at }: Brought): boolean => Date.now() - at > TRUSTED_MS;

/** The file that it was, for uploading it once more. */
export const fileAgain = (source: Blob, name: string): File =>
  new File([source], name, { type: source.type });

/** The person's own words for a picture, which go with it. */
export const ownCaptionOf = ({ notes }: DraftImage): string | undefined =>
  (notes?.captionBy === "person" && notes.caption) || undefined;
