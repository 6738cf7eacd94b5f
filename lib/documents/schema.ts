import * as z from "zod";
import { DOCUMENT_CONTEXTS } from "@/lib/messages/message";
import { id } from "@/lib/messages/schema";
import { MOST_PAGES } from "./document";

/** Most pages of a PDF that are drawn at one request: as many as pictures fit into a message. */
export const MOST_PAGES_DRAWN = 10;

const page = z.int().min(1).max(MOST_PAGES);

/** POST /api/documents/:id/page-images, answered 201 with `{images: UploadedImage[]}`, one for each page. */
export const pageImagesInput = z
  .strictObject({ firstPage: page, lastPage: page })
  .refine(({ firstPage, lastPage }) => lastPage >= firstPage && lastPage - firstPage < MOST_PAGES_DRAWN, {
    path: ["lastPage"],
  });
export type PageImagesInput = z.infer<typeof pageImagesInput>;

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
