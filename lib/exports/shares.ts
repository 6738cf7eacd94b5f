import "server-only";
import type { NewEntry } from "@/lib/platform/archive/writing";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { SHARE_COLUMNS } from "@/lib/shares/rows";
import { sharesOf } from "@/lib/shares/scope";
import type { ShareChoices } from "@/lib/shares/share";
import type { Snapshot, SnapshotPart } from "@/lib/shares/snapshot";
import type { Actor } from "@/lib/users/actor";
import { EXPORT_VERSION, type ExportedShare, type ExportedSharePart } from "./format";
import { endingOf, fileName } from "./names";

const COLUMNS = {
  ...SHARE_COLUMNS,
  choices: true,
  images: { select: { id: true, blobKey: true, contentType: true } },
} as const;

/** The actor's shares of threads that are not in the bin, each with its pictures: others see copies of their own. */
export async function* shareEntries(actor: Actor): AsyncGenerator<NewEntry> {
  const where = { ...sharesOf(actor), thread: { deletedAt: null } };
  const ids = await database().share.findMany({ where, select: { id: true }, orderBy: { createdAt: "asc" } });
  for (const { id } of ids) {
    const row = await database().share.findFirst({ where: { ...where, id }, select: COLUMNS });
    if (!row) continue;
    const files = new Map<string, string>();
    for (const image of row.images) {
      const path = `shares/pictures/${fileName("", image.id, endingOf(image.contentType, ""))}`;
      const bytes = await blobStore().get(image.blobKey);
      if (!bytes) continue;
      files.set(image.id, path);
      yield { path, body: bytes, compress: false };
    }
    const {
      snapshot,
      choices,
      images: _,
      passwordHash,
      expiresAt,
      createdAt,
      updatedAt,
      id: _id,
      ...kept
    } = row;
    const { by, messages } = snapshot as unknown as Snapshot;
    const share: ExportedShare = {
      format: "leeward-share",
      version: EXPORT_VERSION,
      ...kept,
      by,
      messages: messages.map(({ role, at, parts }) => ({
        role,
        at,
        parts: parts.map((part) => partOf(part, files)),
      })),
      choices: choices as unknown as ShareChoices,
      hadPassword: passwordHash !== null,
      expiresAt: expiresAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
    yield {
      path: `shares/${fileName(row.title, id, "json")}`,
      body: JSON.stringify(share, null, 2),
      compress: true,
    };
  }
}

function partOf(part: SnapshotPart, files: ReadonlyMap<string, string>): ExportedSharePart {
  if (part.type !== "image") return part;
  const { id, width, height } = part;
  return { type: "image", file: files.get(id) ?? null, width, height };
}
