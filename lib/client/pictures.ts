import type { Locale } from "@/lib/i18n/locales";
import type { ImageContext, ImageNotes } from "@/lib/messages/message";
import { request } from "./api";
import { browserStores } from "./stores";

/** Keeps one's own alternative text; empty takes it away. Throws RequestFailed. */
export async function saveCaption(imageId: string, caption: string): Promise<ImageNotes> {
  return noted(imageId, await request<ImageNotes>("PUT", `/api/images/${imageId}/caption`, { caption }));
}

/** Has the model describe a picture, anew with `again`. Takes seconds. Throws RequestFailed. */
export async function describePicture(imageId: string, language: Locale, again = false): Promise<ImageNotes> {
  const body = { language, ...(again ? { again } : {}) };
  return noted(imageId, await request<ImageNotes>("POST", `/api/images/${imageId}/description`, body));
}

/** Says what later questions send of a picture; to have it described may take seconds. Throws RequestFailed. */
export async function choosePictureContext(
  messageId: string,
  imageId: string,
  context: ImageContext,
  language: Locale,
): Promise<void> {
  const { threads } = browserStores();
  const path = `/api/messages/${messageId}/images/${imageId}`;
  const { notes } = await request<{ notes: ImageNotes }>("PUT", path, { context, language });
  threads.changeImage(imageId, { notes });
  threads.changeImage(imageId, { context }, messageId);
}

function noted(imageId: string, notes: ImageNotes): ImageNotes {
  browserStores().threads.changeImage(imageId, { notes });
  return notes;
}
