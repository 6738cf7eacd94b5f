/**
 * The files of a drop or a paste, in order, without folders; empty when there are none. Call it within the event:
 * the browser empties the DataTransfer afterwards.
 */
export function filesFrom(transfer: DataTransfer | null): File[] {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === "file");
  const folders = items.map((item) => item.webkitGetAsEntry?.()?.isDirectory ?? false);
  return [...(transfer?.files ?? [])].filter((_file, index) => !folders[index]);
}

/** What is dragged from the chat's own page: its pictures and links are here already. */
export const FROM_HERE = "application/x-leeward-here";

/**
 * Whether a drag over the window may bring pictures, so that the overlay should show: files, or something from another
 * page that has an address. What it is cannot be known yet.
 */
export function mayCarryPictures(transfer: DataTransfer | null): boolean {
  const types = transfer?.types ?? [];
  if (types.includes(FROM_HERE)) return false;
  return types.includes("Files") || (types.includes("text/uri-list") && types.includes("text/html"));
}

/** What the file dialog offers. */
export const IMAGE_FILE_TYPES = "image/*,.tif,.tiff,.avif,.heic,.heif";

const PICTURE_NAME = /\.(jpe?g|jfif|png|apng|webp|avif|gif|tiff?|bmp|heic|heif|svg)$/i;

/**
 * By type or, where the system knows none (of an iPhone's pictures some telephones only know that they are bytes), by
 * name; whether it truly is one is seen when it is prepared.
 */
export function isPicture({ type, name }: File): boolean {
  return /^(application\/octet-stream)?$/.test(type) ? PICTURE_NAME.test(name) : type.startsWith("image/");
}
