/** Largest upload, bytes; the browser sends about 0.3 MB, so this is for those without its downscaling. */
export const LARGEST_UPLOAD = 25 * 1024 * 1024;
/** Most pixels that the server decodes: larger ones are refused from the header. */
export const MOST_PIXELS = 50_000_000;
/** What is accepted on the wire. Others (HEIC, SVG, …) are converted in the browser or refused. */
export const ACCEPTED_TYPES = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/avif",
  "image/gif",
  "image/tiff",
] as const;

/** A picture as it is kept. Sizes in pixels and bytes of what the model gets. */
export interface UploadedImage {
  id: string;
  name: string;
  contentType: "image/jpeg" | "image/png" | "image/webp";
  width: number;
  height: number;
  bytes: number;
  tokens: number;
}

/** Reasons to refuse a picture; each has a sentence in the catalogues under `imageRefusal.<code>`. */
export const IMAGE_REFUSALS = [
  "empty",
  "too-many-bytes",
  "too-many-pixels",
  "not-an-image",
  "unsupported-format",
  "damaged",
  "too-narrow",
  "upload-failed",
  "too-many-images",
  "too-many-unsent",
  "address-invalid",
  "address-private",
  "address-unreachable",
  "address-empty",
  "attach-instead",
  "too-much-stored",
] as const;
export type ImageRefusal = (typeof IMAGE_REFUSALS)[number];

/**
 * What was in a file beside its pixels, and is not in what is kept: named as people would, not as formats do.
 * `profile`: colours measured by another rule, converted. `preview`: smaller copies of the picture inside it.
 * `gain-map`: what makes bright screens brighter. `hidden`: bytes behind the picture's end. `other`: the rest.
 */
export const REMOVED = [
  "location",
  "camera",
  "date",
  "author",
  "software",
  "text",
  "preview",
  "gain-map",
  "profile",
  "hidden",
  "other",
] as const;
export type Removed = (typeof REMOVED)[number];

/** The file that a picture was made of. Pixels are upright. */
export interface ImageOrigin {
  width: number;
  height: number;
  bytes: number;
  /** By its content, e.g. `image/heic`. */
  contentType: string;
  /** In the order of REMOVED. */
  removed: Removed[];
}

/** Longest address of a picture, UTF-16 code units. */
export const LONGEST_ADDRESS = 4000;

/** Request header of an upload with the ImageOrigin as JSON: what the browser made the picture of. */
export const ORIGIN_HEADER = "x-image-origin";

/** POST /api/images answers 201 with this; GET /api/images/:id/details too. */
export interface ImageDetails extends UploadedImage {
  /** Null for pictures that are older than this knowledge. */
  origin: ImageOrigin | null;
}
/** Longest alternative text, UTF-16 code units. */
export const LONGEST_CAPTION = 500;

/** A picture on the page of all of one's own. */
export interface OwnPicture {
  id: string;
  name: string;
  width: number;
  height: number;
  tokens: number;
  caption: string | null;
  captionBy: "person" | "model" | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** The newest message that has it; null: none has. */
  place: { threadId: string; messageId: string; title: string } | null;
}

/** GET /api/images?cursor=: newest first; `nextCursor` null at the end. */
export interface PicturePage {
  pictures: OwnPicture[];
  nextCursor: string | null;
}
