import type { UploadedDocument } from "@/lib/documents/document";
import type { PageText } from "@/lib/documents/schema";
import type { UploadedImage } from "@/lib/images/schema";
import { request } from "../api";

/** A document as it was when uploaded, without its text. Throws RequestFailed. */
export const fetchDocument = (id: string): Promise<UploadedDocument> =>
  request("GET", `/api/documents/${id}`);

/** The text of one page. Throws RequestFailed. */
export const fetchPage = (id: string, page: number): Promise<PageText> =>
  request("GET", `/api/documents/${id}/pages/${page}`);

/**
 * Pages of a PDF as pictures, one after the other, so that each request is short. `onDrawn` hears how many are
 * there. Throws RequestFailed.
 */
export async function drawDocument(
  id: string,
  firstPage: number,
  lastPage: number,
  onDrawn: (count: number) => void,
): Promise<UploadedImage[]> {
  const drawn: UploadedImage[] = [];
  for (let page = firstPage; page <= lastPage; page++) {
    const range = { firstPage: page, lastPage: page };
    const { images } = await request<{ images: UploadedImage[] }>(
      "POST",
      `/api/documents/${id}/page-images`,
      range,
    );
    drawn.push(...images);
    onDrawn(drawn.length);
  }
  return drawn;
}
