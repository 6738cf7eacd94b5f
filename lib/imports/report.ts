/** Why something was left out; each has a sentence in the catalogues under `transfer.import.reasons.<code>`. */
export const LEFT_OUT_REASONS = [
  "unreadable",
  "unknown",
  "empty",
  "too-large",
  "too-many",
  "no-place",
  "missing",
  "refused",
  "full",
  "enough",
  "shortened",
  "not-supported",
  "no-thread",
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export interface LeftOut {
  what: "thread" | "message" | "picture" | "document" | "share" | "other";
  /** What it is called: a title, a file's name; for a message that of its thread. */
  name: string;
  reason: LeftOutReason;
}

/** What came of an import. */
export interface ImportReport {
  /** The first of them, as the file has them. */
  threads: { id: string; title: string }[];
  counts: { threads: number; messages: number; pictures: number; documents: number; shares: number };
  /** Whether the person's own settings came along: they had none here. */
  settings: boolean;
  /** The first of them. */
  leftOut: LeftOut[];
  leftOutCount: number;
}

/** A line of what POST /api/imports answers. `share`: how far it is, from 0 to 1. */
export type ImportLine =
  | { type: "progress"; share: number; threads: number }
  | { type: "done"; report: ImportReport }
  | { type: "refused"; reason: ImportRefusal };

/** Why a file as a whole is refused; each has a sentence under `transfer.import.refusals.<code>`. */
export const IMPORT_REFUSALS = ["damaged", "unknown", "inflated", "too-many-entries", "failed"] as const;
export type ImportRefusal = (typeof IMPORT_REFUSALS)[number];

/** How many threads and how many omissions a report names. */
const NAMED = 100;

export const emptyReport = (): ImportReport => ({
  threads: [],
  counts: { threads: 0, messages: 0, pictures: 0, documents: 0, shares: 0 },
  settings: false,
  leftOut: [],
  leftOutCount: 0,
});

/** `times`: so many of one kind. */
export function leaveOut(report: ImportReport, leftOut: LeftOut, times = 1): void {
  report.leftOutCount += times;
  for (let left = times; left > 0 && report.leftOut.length < NAMED; left--)
    report.leftOut.push({ ...leftOut, name: [...leftOut.name.slice(0, 300)].slice(0, 120).join("") });
}

export function nameThread(report: ImportReport, thread: ImportReport["threads"][number]): void {
  report.counts.threads++;
  if (report.threads.length < NAMED) report.threads.push(thread);
}
