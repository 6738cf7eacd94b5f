import { MOST_PAGES_DRAWN, type UploadedDocument } from "@/lib/documents/document";
import type { PageImage, PageImagesInput, PageText } from "@/lib/documents/schema";
import type { UploadedImage } from "@/lib/images/schema";
import { begin, RequestFailed, request } from "../api";
import { linesOf } from "../lines";

/** A document as it was when uploaded, without its text. Throws RequestFailed. */
export const fetchDocument = (id: string): Promise<UploadedDocument> =>
  request("GET", `/api/documents/${id}`);

/** The text of one page. Throws RequestFailed. */
export const fetchPage = (id: string, page: number): Promise<PageText> =>
  request("GET", `/api/documents/${id}/pages/${page}`);

/** In which a request's pages must be there, milliseconds: each may take the server 20 s of computing. */
const PATIENCE_MS = 300_000;

/**
 * Pages of a PDF as pictures: `onDrawn` hears each as soon as it is there, in order. Throws RequestFailed, and the
 * signal's reason when it is aborted.
 */
export async function drawDocument(
  id: string,
  firstPage: number,
  lastPage: number,
  onDrawn: (image: UploadedImage) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let page = firstPage; page <= lastPage; page += MOST_PAGES_DRAWN) {
    const range = { firstPage: page, lastPage: Math.min(lastPage, page + MOST_PAGES_DRAWN - 1) };
    await drawRange(id, range, onDrawn, signal);
  }
}

async function drawRange(
  id: string,
  range: PageImagesInput,
  onDrawn: (image: UploadedImage) => void,
  signal: AbortSignal,
): Promise<void> {
  let missing = range.lastPage - range.firstPage + 1;
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const response = await begin("POST", `/api/documents/${id}/page-images`, range, patience);
    for await (const { image } of linesOf<PageImage>(response)) {
      signal.throwIfAborted();
      onDrawn(image);
      missing--;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof RequestFailed ? error : new RequestFailed({ code: "offline", details: {} });
  }
  // Cut off in the middle.
  if (missing > 0) throw new RequestFailed({ code: "offline", details: {} });
}
