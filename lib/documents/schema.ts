import * as z from "zod";
import type { UploadedImage } from "@/lib/images/schema";
import { DOCUMENT_CONTEXTS } from "@/lib/messages/message";
import { id } from "@/lib/messages/schema";
import { MOST_PAGES, MOST_PAGES_DRAWN } from "./document";

const page = z.int().min(1).max(MOST_PAGES);

/** POST /api/documents/:id/page-images, answered with a line of JSON for each page, when it is a picture. */
export const pageImagesInput = z
  .strictObject({ firstPage: page, lastPage: page })
  .refine(({ firstPage, lastPage }) => lastPage >= firstPage && lastPage - firstPage < MOST_PAGES_DRAWN, {
    path: ["lastPage"],
  });
export type PageImagesInput = z.infer<typeof pageImagesInput>;

/** One of those lines. */
export interface PageImage {
  page: number;
  image: UploadedImage;
}

/** PUT /api/messages/:id/documents/:documentId: what later questions send of the document. Answers {context}. */
export const documentContextInput = z.strictObject({ context: z.enum(DOCUMENT_CONTEXTS) });
export type DocumentContextInput = z.infer<typeof documentContextInput>;

/** Path parameters of GET /api/documents/:id/pages/:page, which answers `{page, text}`. */
export const byPage = z.object({ id, page: z.coerce.number().pipe(page) });

/** The text of one page. */
export interface PageText {
  page: number;
  text: string;
}
