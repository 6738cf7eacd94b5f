import "server-only";
import type { Actor } from "@/lib/users/actor";
import { storedOrigin } from "./origin";
import type { ImageDetails, UploadedImage } from "./schema";

/** The pictures an actor may see: their own. Every query and command on pictures goes through it. */
export const imagesOf = (actor: Actor) => ({ ownerId: actor.id });

/** Uploaded, but in no message. */
export const UNSENT = { messages: { none: {} } } as const;

export const UPLOADED_COLUMNS = {
  id: true,
  name: true,
  contentType: true,
  width: true,
  height: true,
  bytes: true,
  tokens: true,
} as const;

export const DETAILS_COLUMNS = { ...UPLOADED_COLUMNS, origin: true } as const;

type UploadedRow = Omit<UploadedImage, "contentType"> & { contentType: string };

/** Only `modelImage` writes content types, so a row has one of its three. */
export const uploadedImageOf = (row: UploadedRow): UploadedImage => ({
  ...row,
  contentType: row.contentType as UploadedImage["contentType"],
});

/** The same with what it was made of. */
export const detailsOf = ({ origin, ...row }: UploadedRow & { origin: unknown }): ImageDetails => ({
  ...uploadedImageOf(row),
  origin: storedOrigin(origin),
});
