import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import type { ImageOrigin } from "@/lib/images/schema";
import type { DocumentPart } from "@/lib/messages/message";
import type { Draft, DraftImage } from "../threads";
import type { Brought } from "./brought";

/** A picture of a draft with its bytes, because the server gives up what is not sent within a day. */
export interface KeptPicture {
  name: string;
  /**
   * What was uploaded; the chosen file while that has not happened; the address of one that the server fetches. Null:
   * only the server has it.
   */
  source: Blob | string | null;
  /** What the server made of it, and when. */
  uploaded: { image: DraftImage; at: number } | null;
  /** The person's own words for one that has not been uploaded yet. */
  caption?: string | undefined;
  /** The file that it was made of, where it is known. */
  origin?: ImageOrigin | undefined;
}

/** A document of a draft with its bytes, for the same reason. */
export interface KeptDocument {
  name: string;
  /** Null: only the server has it. */
  source: Blob | null;
  /** Its chosen pages, and when the server had it. */
  uploaded: { part: DocumentPart; at: number } | null;
}

/** What was on its way, or did not get through, when the page was left. */
export interface KeptUnsent {
  threadId: string;
  messageId: string;
  draft: Draft;
  /** The bytes of its pictures and documents, by their ids; none: kept by an earlier version of Leeward. */
  brought?: [id: string, Brought][];
}

export interface KeptDraft {
  text: string;
  pictures: KeptPicture[];
  documents: KeptDocument[];
  unsent: KeptUnsent[];
  /** What questions of the thread were being changed into; none: kept by an earlier version of Leeward. */
  edits?: [messageId: string, text: string][];
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** Drafts are kept in the browser for this long. Milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

type Key = [personId: string, place: string];

interface Schema extends DBSchema {
  drafts: { key: Key; value: KeptDraft };
}

type Drafts = IDBPObjectStore<Schema, ["drafts"], "drafts", "readwrite">;

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function open(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("leeward", 1, { upgrade: (db) => void db.createObjectStore("drafts") });
  return opened;
}

/** The draft at a place, a thread's id or "new"; only ever the person's own. */
export async function readDraft(personId: string, place: string): Promise<KeptDraft | undefined> {
  const draft = await (await open()).get("drafts", [personId, place]);
  return draft && draft.savedAt > Date.now() - KEPT_MS ? draft : undefined;
}

export const writeDraft = (personId: string, place: string, draft: KeptDraft): Promise<void> =>
  change((drafts) => drafts.put(draft, [personId, place]));

export const removeDraft = (personId: string, place: string): Promise<void> =>
  change((drafts) => drafts.delete([personId, place]));

/** Commits without waiting: what a page that is being left has not committed is taken back. */
async function change(work: (drafts: Drafts) => Promise<unknown>): Promise<void> {
  const transaction = (await open()).transaction("drafts", "readwrite");
  const done = work(transaction.store);
  transaction.commit();
  await Promise.all([done, transaction.done]);
}

/** How many places the person has a draft at. */
export const countDrafts = async (personId: string): Promise<number> =>
  (await open()).count("drafts", allOf(personId));

export async function removeDrafts(personId: string): Promise<void> {
  await (await open()).delete("drafts", allOf(personId));
}

/** Lets go of all people's drafts that are too old. */
export async function removeOldDrafts(): Promise<void> {
  const transaction = (await open()).transaction("drafts", "readwrite");
  for await (const cursor of transaction.store) {
    if (cursor.value.savedAt <= Date.now() - KEPT_MS) await cursor.delete();
  }
}

const allOf = (personId: string): IDBKeyRange => IDBKeyRange.bound([personId, ""], [personId, "\uffff"]);
