/** Something in a file that is not its pixels. */
export interface Metadata {
  kind: "exif" | "xmp" | "iptc" | "profile" | "text" | "date" | "comment" | "pictures" | "hidden" | "other";
  /** What it says: a TIFF for `exif`, XML for `xmp`, the keyword for `text`. */
  bytes: Uint8Array;
}
