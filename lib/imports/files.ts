import "server-only";
import { acceptDocument } from "@/lib/documents/commands";
import { LARGEST_DOCUMENT, type UploadedDocument } from "@/lib/documents/document";
import { acceptImage } from "@/lib/images/commands";
import { imagesOf } from "@/lib/images/rows";
import { LARGEST_UPLOAD, LONGEST_CAPTION, type UploadedImage } from "@/lib/images/schema";
import { ArchiveError } from "@/lib/platform/archive/reading";
import { database } from "@/lib/platform/database";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { FILE_ID, type ImportedFile, type ImportedPart } from "./imported";
import { type ImportReport, type LeftOutReason, leaveOut } from "./report";
import type { Source } from "./source";
import { clean } from "./text";

type ImagePart = Extract<ImportedPart, { type: "image" }>;
type DocumentPart = Extract<ImportedPart, { type: "document" }>;

/** What stands before a file's own name in ChatGPT's exports. */
const NAMED_BY_ID = /^file[-_]\w+-/;

/** Longest description that is kept of a picture, UTF-16 code units; the model's are far shorter. */
const LONGEST_DESCRIPTION = 20_000;

/** Takes the files of one import in as any upload is taken, each once, however many messages have it. */
export class ImportedFiles {
  readonly #actor: Actor;
  readonly #source: Source;
  readonly #report: ImportReport;
  readonly #images = new Map<string, UploadedImage>();
  readonly #documents = new Map<string, UploadedDocument>();
  #beginnings: ReadonlyMap<string, string> | undefined;

  constructor(actor: Actor, source: Source, report: ImportReport) {
    this.#actor = actor;
    this.#source = source;
    this.#report = report;
  }

  /** Null where there is none to be had; the report says so. */
  async image(part: ImagePart): Promise<UploadedImage | null> {
    const path = this.#pathOf(part.file);
    const known = this.#images.get(path);
    if (known) return known;
    const name = part.name || path.split("/").at(-1)?.replace(NAMED_BY_ID, "") || "image";
    const image = await this.#taken("picture", { ...part, name }, LARGEST_UPLOAD, (upload) =>
      acceptImage(this.#actor, upload),
    );
    if (!image) return null;
    if (path !== "") this.#images.set(path, image);
    this.#report.counts.pictures++;
    await this.#describe(image.id, part);
    return image;
  }

  /** The same for a document. */
  async document(part: DocumentPart): Promise<UploadedDocument | null> {
    const path = this.#pathOf(part.file);
    const known = this.#documents.get(path);
    if (known) return known;
    const document = await this.#taken("document", part, LARGEST_DOCUMENT, (upload) =>
      acceptDocument(this.#actor, upload),
    );
    if (!document) return null;
    if (path !== "") this.#documents.set(path, document);
    this.#report.counts.documents++;
    return document;
  }

  async #taken<T>(
    what: "picture" | "document",
    { file, name }: ImagePart | DocumentPart,
    limit: number,
    take: (upload: { name: string; bytes: Uint8Array }) => Promise<T>,
  ): Promise<T | null> {
    try {
      const bytes = await this.#bytes(file, limit);
      if (bytes) return await take({ name, bytes });
      leaveOut(this.#report, { what, name, reason: "missing" });
    } catch (error) {
      leaveOut(this.#report, { what, name, reason: reasonOf(error) });
    }
    return null;
  }

  async #bytes(file: ImportedFile | null, limit: number): Promise<Uint8Array | null> {
    if (file === null) return null;
    return "bytes" in file ? file.bytes : this.#source.bytes(this.#pathOf(file), limit);
  }

  /** Empty for bytes that stand in a message, which are another file each time, and for what is not there. */
  #pathOf(file: ImportedFile | null): string {
    if (file === null || "bytes" in file) return "";
    return "path" in file ? file.path : (this.#byBeginning().get(file.beginning) ?? "");
  }

  #byBeginning(): ReadonlyMap<string, string> {
    this.#beginnings ??= new Map(
      this.#source.paths.flatMap((path) => {
        const beginning = FILE_ID.exec(path.split("/").at(-1) ?? "");
        return beginning ? [[beginning[0], path]] : [];
      }),
    );
    return this.#beginnings;
  }

  async #describe(id: string, { caption, description }: ImagePart): Promise<void> {
    const data = {
      ...(caption
        ? { caption: clean(caption).slice(0, LONGEST_CAPTION).toWellFormed(), captionBy: "person" }
        : {}),
      ...(description
        ? { description: clean(description).slice(0, LONGEST_DESCRIPTION).toWellFormed() }
        : {}),
    };
    if (Object.keys(data).length === 0) return;
    await database().image.updateMany({ where: { ...imagesOf(this.#actor), id }, data });
  }
}

/** Throws on what is not the file's fault. */
function reasonOf(error: unknown): LeftOutReason {
  if (error instanceof ArchiveError) return error.reason === "inflated" ? "too-large" : "unreadable";
  if (!(error instanceof Problem) || error.status >= 500) throw error;
  const { reason } = error.details;
  if (reason === "too-much-stored" || reason === "too-many-unsent") return "full";
  return reason === "too-many-bytes" || reason === "too-many-pixels" ? "too-large" : "refused";
}
