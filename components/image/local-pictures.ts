/**
 * Addresses (blob:) of pictures that this tab has uploaded: the bytes previewed are the bytes sent, so they need
 * not be fetched to be shown in the message. By image id; gone with the tab.
 */
const addresses = new Map<string, string>();

/** Keeps the address for `pictureSource`. */
export const keepLocal = (imageId: string, address: string): void => void addresses.set(imageId, address);

/** Lets go of a picture that will not be sent. */
export function dropLocal(imageId: string): void {
  const address = addresses.get(imageId);
  if (address) URL.revokeObjectURL(address);
  addresses.delete(imageId);
}

/** Keeps the bytes of a picture that was uploaded before, as on an earlier page. */
export function keepLocalBytes(imageId: string, bytes: Blob): void {
  if (SHOWN_TYPES.test(bytes.type) && !addresses.has(imageId)) {
    addresses.set(imageId, URL.createObjectURL(bytes));
  }
}

/** What an <img> can show; a TIFF was uploaded as it was. */
const SHOWN_TYPES = /^image\/(jpeg|png|webp)$/;

/** Where an <img> finds a picture. */
export const pictureSource = (imageId: string): string => addresses.get(imageId) ?? `/api/images/${imageId}`;
