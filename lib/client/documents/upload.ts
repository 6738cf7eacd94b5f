import {
  DOCUMENT_REFUSALS,
  type DocumentRefusal,
  LARGEST_DOCUMENT,
  type UploadedDocument,
} from "@/lib/documents/document";
import { cleanName } from "@/lib/images/name";
import { queueOf } from "@/lib/images/queue";
import { type FileAnswer, problemIn, type SendOptions, sendFile } from "../send-file";
import { DocumentRefused } from "./refused";

/** The server reads two at once; more on their way would only hold connections. */
const inTurn = queueOf(2);

/** POST /api/documents. Two at a time; further calls wait. Throws DocumentRefused. */
export function uploadDocument(file: File, options: SendOptions): Promise<UploadedDocument> {
  const name = cleanName(file.name) || "document";
  return inTurn(async () => {
    options.signal?.throwIfAborted();
    check(file, name);
    const answer = await sendFile("/api/documents", { blob: file, name }, options);
    if (answer?.status === 201) return answer.body as UploadedDocument;
    throw refusalOf(name, answer);
  });
}

/** What would only be refused need not travel. */
function check(file: File, name: string): void {
  if (file.size === 0) throw new DocumentRefused("empty", name);
  if (/^(video|audio)\//.test(file.type)) throw new DocumentRefused("unsupported-format", name);
  if (file.size > LARGEST_DOCUMENT) {
    throw new DocumentRefused("too-many-bytes", name, { limit: LARGEST_DOCUMENT });
  }
}

function refusalOf(name: string, answer: FileAnswer | null): DocumentRefused {
  const { code, reason, ...details } = problemIn(answer);
  if (code === "document-refused" && isRefusal(reason)) return new DocumentRefused(reason, name, details);
  if (answer?.status === 413) return new DocumentRefused("too-many-bytes", name, details);
  return new DocumentRefused("upload-failed", name, details, typeof code === "string" ? code : null);
}

function isRefusal(reason: unknown): reason is DocumentRefusal {
  return DOCUMENT_REFUSALS.some((refusal) => refusal === reason);
}
