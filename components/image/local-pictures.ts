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

/** Where an <img> finds a picture. */
export const pictureSource = (imageId: string): string => addresses.get(imageId) ?? `/api/images/${imageId}`;
