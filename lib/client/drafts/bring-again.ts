import { tokensOfPages } from "@/lib/documents/document";
import type { ImageOrigin, UploadedImage } from "@/lib/images/schema";
import type { DocumentPart } from "@/lib/messages/message";
import { type ProblemInfo, RequestFailed, request } from "../api";
import { DocumentRefused } from "../documents/refused";
import { uploadDocument } from "../documents/upload";
import { importImage } from "../images/import";
import { prepareImage } from "../images/prepare";
import { ImageRefused } from "../images/refused";
import { uploadImage } from "../images/upload";
import { saveCaption } from "../pictures";
import type { Draft, DraftImage } from "../threads";
import { type Brought, broughtOf, dropBrought, fileAgain, keepBrought, ownCaptionOf } from "./brought";

/**
 * The draft with everything brought once more, under new ids, that the server has given up of it. Null where it has
 * given up nothing. Throws RequestFailed; `not-found` where this browser does not have the bytes either.
 */
export async function bringAgain(draft: Draft): Promise<Draft | null> {
  const again = await refusing(async () => ({
    ...draft,
    images: await Promise.all(draft.images.map(imageThere)),
    documents: await Promise.all(draft.documents.map(documentThere)),
  }));
  const now = new Set([...again.images, ...again.documents]);
  const given = [...draft.images, ...draft.documents].filter((one) => !now.has(one));
  // Not one by one: until all of it is there, the draft has the former ids.
  for (const one of given) dropBrought("id" in one ? one.id : one.documentId);
  return given.length > 0 ? again : null;
}

async function imageThere(image: DraftImage): Promise<DraftImage> {
  if (!(await isGone(`/api/images/${image.id}/details`))) return image;
  const { source, origin } = foundAgain(image.id);
  const { id, width, height, tokens, bytes } =
    typeof source === "string" ? await importImage(source) : await uploadAgain(source, image.name, origin);
  const own = ownCaptionOf(image);
  const notes = own ? await saveCaption(id, own) : undefined;
  keepBrought(id, { source, at: Date.now(), origin });
  return { id, name: image.name, width, height, tokens, bytes, ...(notes && { notes }) };
}

async function uploadAgain(source: Blob, name: string, origin?: ImageOrigin): Promise<UploadedImage> {
  const prepared = await prepareImage(fileAgain(source, name));
  return uploadImage({ ...prepared, original: origin ?? prepared.original });
}

async function documentThere(part: DocumentPart): Promise<DocumentPart> {
  if (!(await isGone(`/api/documents/${part.documentId}`))) return part;
  const { source } = foundAgain(part.documentId);
  if (typeof source === "string") throw new RequestFailed({ code: "not-found", details: {} });
  const { id, pages, pageTokens } = await uploadDocument(fileAgain(source, part.name), {});
  keepBrought(id, { source, at: Date.now() });
  const { firstPage, lastPage } = part;
  return { ...part, documentId: id, pages, tokens: tokensOfPages(pageTokens, firstPage, lastPage) };
}

async function isGone(path: string): Promise<boolean> {
  try {
    await request("GET", path);
    return false;
  } catch (error) {
    if (error instanceof RequestFailed && error.problem.code === "not-found") return true;
    throw error;
  }
}

/** What is given up under this id; whoever takes the draft back need not ask the server once more. */
function foundAgain(id: string): Brought {
  const brought = broughtOf(id);
  if (!brought) throw new RequestFailed({ code: "not-found", details: {} });
  keepBrought(id, { ...brought, at: 0 });
  return brought;
}

/** What is refused of a file, as a refusal of the question. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImageRefused) throw refusalOf(error, "image-refused");
    if (error instanceof DocumentRefused) throw refusalOf(error, "document-refused");
    throw error;
  }
}

function refusalOf({ reason, problem, details }: ImageRefused | DocumentRefused, code: ProblemInfo["code"]) {
  const said = (problem as ProblemInfo["code"] | null) ?? (reason === "upload-failed" ? "offline" : code);
  return new RequestFailed({ code: said, details });
}
