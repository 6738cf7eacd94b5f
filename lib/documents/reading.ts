import "server-only";
import { queueOf } from "@/lib/images/queue";
import { estimateEach } from "@/lib/ionos/estimate";
import type { DocumentType, ExtractedText } from "./document";
import { modelSize } from "./reader/model-size";
import { drawInProcess, readInProcess } from "./reader/process";
import type { DrawnPage, PageSize } from "./reader/protocol";
import { Unreadable } from "./reader/refusal";
import { refused } from "./refusals";

/** Each may take half a gigabyte for a moment; the others wait in order. */
const inReaderQueue = queueOf(2);

/** A file's text with what it costs, page by page. Throws `document-refused`. */
export async function readDocument(
  bytes: Uint8Array,
): Promise<{ contentType: DocumentType; text: ExtractedText }> {
  const reading = await inReaderQueue(() => readInProcess(bytes)).catch(asProblem);
  const { pages, pageSizes } = reading;
  const { tokens, rough } = await estimateEach(pages.map((page) => (page.trim() === "" ? "" : page)));
  const pictureTokens = pageSizes ? pageSizes.map(pictureTokensOf) : null;
  return { contentType: reading.type, text: { pages, pageTokens: tokens, rough, pictureTokens } };
}

/** Long drawings leave one of the readers to those who only want a text. */
const inDrawingQueue = queueOf(1);

/** Hands the pages of a PDF to `take` as pixels, one after the other. Throws `document-refused`. */
export function drawPages(
  bytes: Uint8Array,
  pages: number[],
  take: (drawn: DrawnPage, page: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  return inDrawingQueue(() => inReaderQueue(() => drawInProcess(bytes, pages, take, { signal }))).catch(
    asProblem,
  );
}

/** A page that cannot be drawn is found out when it is to be. */
function pictureTokensOf(size: PageSize): number {
  try {
    return modelSize(size).tokens;
  } catch {
    return 0;
  }
}

function asProblem(error: unknown): never {
  throw error instanceof Unreadable ? refused(error.reason, error.details, error) : error;
}
