import "server-only";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArchiveError } from "@/lib/platform/archive/reading";
import { database } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { ImportedFiles } from "./files";
import { MOST_ELEMENTS, MOST_UNREADABLE } from "./limits";
import { forgetPieces, joinPieces } from "./pieces";
import { readApart } from "./reading";
import { emptyReport, type ImportLine, type ImportRefusal, type ImportReport, leaveOut } from "./report";
import { bringShare } from "./shares";
import { openSource, type Source } from "./source";
import { type Brought, bringThread, settingsOf } from "./thread";

/** Imports that are going on: one for a person at a time. */
const underway = new Set<string>();

/**
 * Begins to bring a file in; what is answered does the work and says how far it is, to its end even when nobody
 * listens any more. Throws `busy` while another import of theirs goes on, `not-found` for pieces that are not theirs.
 */
export async function importPieces(
  actor: Actor,
  pieces: string[],
): Promise<(give: (line: ImportLine) => void) => Promise<void>> {
  if (underway.has(actor.id)) throw new Problem("busy");
  underway.add(actor.id);
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), FOLDER));
  const file = join(folder, "import");
  const end = async () => {
    underway.delete(actor.id);
    await rm(folder, { recursive: true, force: true });
  };
  let sizes: number[];
  try {
    sizes = await joinPieces(actor, pieces, file);
  } catch (error) {
    await end();
    throw error;
  }
  return async (give) => {
    try {
      const report = await importFile(actor, file, give, () => rm(folder, { recursive: true, force: true }));
      give({ type: "done", report });
    } catch (error) {
      give({ type: "refused", reason: refusalOf(error) });
    } finally {
      await end();
      await forgetPieces(actor, pieces, sizes);
    }
  };
}

const FOLDER = "leeward-import-";
/** Joining pieces takes far less; from then on the file has no name. Milliseconds. */
const ABANDONED_MS = 60 * 60_000;

/** What a process died over while it joined pieces. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER)) continue;
    const folder = join(tmpdir(), name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - ABANDONED_MS) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Brings a file's threads, their pictures and documents, shares and settings to the actor, under new ids, beside what
 * is there. Each thread is written whole or not at all. `opened` is called once the file's name is needed no more.
 * Throws an ArchiveError for a file that cannot be read, and `Unknown` when nothing in it is known.
 */
export async function importFile(
  actor: Actor,
  file: string,
  give: (line: ImportLine) => void,
  opened: () => Promise<void> = async () => {},
): Promise<ImportReport> {
  const source = await openSource(file);
  try {
    await opened();
    const report = emptyReport();
    const paths = toRead(source.paths);
    const files = new ImportedFiles(actor, source, report);
    const reading: Reading = { source, files, threads: new Map(), report, elements: 0, unreadable: 0 };
    for (const [index, path] of paths.entries()) {
      await bringPath(actor, path, reading, () =>
        give({ type: "progress", share: index / paths.length, threads: report.counts.threads }),
      );
    }
    if (report.counts.threads === 0 && !report.settings && report.leftOut.every(isUnknown))
      throw new Unknown();
    return report;
  } finally {
    source.close();
  }
}

/** Nothing in the file is of a form that is read here. */
export class Unknown extends Error {}

const isUnknown = ({ reason }: ImportReport["leftOut"][number]) =>
  reason === "unknown" || reason === "unreadable";

interface Reading {
  source: Source;
  files: ImportedFiles;
  threads: Map<string, Brought>;
  report: ImportReport;
  /** Elements that were read so far, and those that could not be for their size. */
  elements: number;
  unreadable: number;
}

async function bringPath(actor: Actor, path: string, reading: Reading, progress: () => void): Promise<void> {
  const { source, report } = reading;
  try {
    for await (const text of source.elements(path)) {
      progress();
      if (++reading.elements > MOST_ELEMENTS)
        return leaveOut(report, { what: "thread", name: path, reason: "too-many" });
      if (text === null) leaveOut(report, { what: "thread", name: path, reason: "too-large" });
      else await bringElement(actor, path, text, reading);
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    leaveOut(report, { what: "other", name: path, reason: "unreadable" });
  }
}

async function bringElement(actor: Actor, path: string, text: string, reading: Reading): Promise<void> {
  const { files, threads, report } = reading;
  const element = await readApart(text);
  if (element === "too-large" && ++reading.unreadable >= MOST_UNREADABLE) throw new ArchiveError("inflated");
  if (typeof element === "string")
    return leaveOut(report, { what: WHAT[element], name: path, reason: element });
  if (!(await isActive(actor))) throw new Problem("signed-out");
  if (element.is === "settings") return bringSettings(actor, element.settings, report);
  if (element.is === "share") return bringShare(actor, element.share, threads, report);
  const { thread } = element;
  const brought = await bringThread(actor, thread, files, report);
  if (brought && thread.id !== null) threads.set(thread.id, brought);
}

/** Whoever is suspended, or deletes their account, meanwhile gets nothing more. */
const isActive = async ({ id }: Actor): Promise<boolean> =>
  (await database().user.count({ where: { id, suspendedAt: null } })) === 1;

const WHAT = { unknown: "other", unreadable: "thread", "too-large": "thread" } as const;

/** Only where the person has set nothing here: nothing of theirs is overwritten. */
async function bringSettings(actor: Actor, given: unknown, report: ImportReport): Promise<void> {
  const settings = settingsOf(given);
  if (Object.keys(settings).length === 0) return;
  const { settings: own } = await database().user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { settings: true },
  });
  if (Object.keys(settingsOf(own)).length > 0) return;
  await database().user.updateMany({ where: { id: actor.id }, data: { settings } });
  report.settings = true;
}

/** Of our own exports all that is in them, threads before the shares of them; of others the conversations. */
function toRead(paths: readonly string[]): string[] {
  const json = paths.filter((path) => path.endsWith(".json"));
  const own = (folder: string) => json.filter((path) => path.startsWith(`${folder}/`)).sort();
  if (own("threads").length > 0 || json.includes("leeward.json")) {
    return [...json.filter((path) => path === "leeward.json"), ...own("threads"), ...own("shares")];
  }
  const conversations = json.filter((path) => /(^|\/)conversations(-\d+)?\.json$/.test(path));
  return (conversations.length > 0 ? conversations : json).sort();
}

function refusalOf(error: unknown): ImportRefusal {
  if (error instanceof ArchiveError) return error.reason;
  if (error instanceof Unknown) return "unknown";
  log.error({ cause: error }, "an import broke off");
  return "failed";
}
