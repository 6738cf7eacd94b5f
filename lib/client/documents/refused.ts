import type { DocumentRefusal } from "@/lib/documents/document";

/**
 * Why a document cannot be used. `documentRefusal.<reason>` in the catalogues is the sentence, `name` and the
 * numbers in `details` go into it. With the reason `upload-failed`, `problem` is the code that the server answered,
 * or null when no answer came.
 */
export class DocumentRefused extends Error {
  readonly reason: DocumentRefusal;
  readonly documentName: string;
  readonly details: Record<string, string | number>;
  readonly problem: string | null;

  constructor(
    reason: DocumentRefusal,
    documentName: string,
    details: Record<string, string | number> = {},
    problem: string | null = null,
  ) {
    super(reason);
    this.name = "DocumentRefused";
    this.reason = reason;
    this.documentName = documentName;
    this.details = details;
    this.problem = problem;
  }
}
