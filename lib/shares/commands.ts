import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { forgetBlobsOfShares, keepBlob, needBlob } from "@/lib/blobs/commands";
import { readImage } from "@/lib/images/queries";
import type { Message } from "@/lib/messages/message";
import { database, isConflict, type Transaction } from "@/lib/platform/database";
import { notFound, Problem } from "@/lib/platform/problem";
import { setting } from "@/lib/settings/queries";
import type { Actor } from "@/lib/users/actor";
import { hashPassword } from "@/lib/users/passwords";
import { personOf } from "@/lib/users/queries";
import { blackingOut } from "./blacking-out";
import { countCopies, MOST_SHARES } from "./limits";
import { openBranch } from "./queries";
import { isRepeated } from "./repeated";
import { SUMMARY_COLUMNS, summaryOf } from "./rows";
import type { CreateShareInput, UpdateShareInput } from "./schema";
import { sharesOf } from "./scope";
import type { ShareChoices, ShareSummary } from "./share";
import { type ChosenPicture, chosenOf, picturesOf, type Snapshot, snapshotOf } from "./snapshot";

/** A share's own copy of a picture. */
interface Copy {
  id: string;
  blobKey: string;
  contentType: string;
  width: number;
  height: number;
}

/**
 * Shares chosen messages of a thread's open branch under a new link. The same request again answers the share that it
 * made; the same id with anything else is a `conflict`: whoever asks must not believe that it holds what they see now.
 * Throws `not-found`, `bad-request` (a choice that is not there, an end that is over or too late), `sharing-off`,
 * `too-many-shares`, `storage-down`, and as countCopies.
 */
export async function createShare(actor: Actor, input: CreateShareInput): Promise<ShareSummary> {
  const earlier = await earlierShare(actor, input);
  if (earlier) return earlier;
  if ((await database().share.count({ where: sharesOf(actor) })) >= MOST_SHARES) {
    throw new Problem("too-many-shares", { limit: MOST_SHARES });
  }
  const expiresAt = await checkedEnd(input.expiresAt);
  const made = await make(actor, input.threadId, input, null);
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  try {
    await database().$transaction(async (tx) => {
      await tx.share.create({
        data: {
          id: input.id,
          token: randomBytes(24).toString("base64url"),
          ownerId: actor.id,
          threadId: input.threadId,
          ...columnsOf(made, input),
          passwordHash,
          expiresAt,
        },
        select: { id: true },
      });
      await keepCopies(tx, input.id, made.copies);
    });
  } catch (error) {
    if (!isConflict(error)) throw error;
    // Sent twice at once, or somebody else's id.
    const twin = await earlierShare(actor, input);
    if (twin) return twin;
  }
  const share = await ownShare(actor, input.id);
  if (!share) throw new Problem("conflict");
  return share;
}

/** Makes a new snapshot under the same link, of the thread as it is now. Errors as createShare. */
export async function updateShare(actor: Actor, id: string, input: UpdateShareInput): Promise<ShareSummary> {
  const existing = await database().share.findFirst({
    where: { ...sharesOf(actor), id },
    select: { threadId: true },
  });
  if (!existing) throw notFound();
  const expiresAt = await checkedEnd(input.expiresAt);
  const made = await make(actor, existing.threadId, input, id);
  const password =
    input.password === undefined
      ? {}
      : { passwordHash: input.password === null ? null : await hashPassword(input.password) };
  await database().$transaction(async (tx) => {
    const { count } = await tx.share.updateMany({
      where: { ...sharesOf(actor), id },
      data: { ...columnsOf(made, input), ...password, expiresAt, updatedAt: new Date() },
    });
    if (count === 0) throw notFound();
    await forgetBlobsOfShares(tx, { id });
    await tx.shareImage.deleteMany({ where: { shareId: id } });
    await keepCopies(tx, id, made.copies);
  });
  const share = await ownShare(actor, id);
  if (!share) throw notFound();
  return share;
}

/** Takes a share back for good: its link leads nowhere from now on, on every server. Throws `not-found`. */
export const revokeShare = (actor: Actor, id: string): Promise<void> => revoke({ ...sharesOf(actor), id });

/** The same with anybody's share. Throws `not-found` to everybody but administrators. */
export async function revokeForeignShare(actor: Actor, id: string): Promise<void> {
  if (actor.role !== "administrator") throw notFound();
  await revoke({ id });
}

const revoke = (where: { id: string; ownerId?: string }): Promise<void> =>
  database().$transaction(async (tx) => {
    await forgetBlobsOfShares(tx, where);
    const { count } = await tx.share.deleteMany({ where });
    if (count === 0) throw notFound();
  });

/** What this request has made before; null where there is nothing under its id. Throws `conflict`. */
async function earlierShare(actor: Actor, input: CreateShareInput): Promise<ShareSummary | null> {
  const row = await database().share.findFirst({
    where: { ...sharesOf(actor), id: input.id },
    select: { ...SUMMARY_COLUMNS, choices: true },
  });
  if (!row) return null;
  if (!(await isRepeated(row, input, () => titleOf(actor, input)))) throw new Problem("conflict");
  return summaryOf(row, await setting("sharing"));
}

async function titleOf(actor: Actor, { threadId, title, choices }: CreateShareInput): Promise<string> {
  const { branch } = await openBranch(actor, threadId);
  const { chosen } = check(branch, choices);
  return clean(blackingOut(chosen, choices.redactions)(title));
}

async function ownShare(actor: Actor, id: string): Promise<ShareSummary | null> {
  const row = await database().share.findFirst({
    where: { ...sharesOf(actor), id },
    select: SUMMARY_COLUMNS,
  });
  return row && summaryOf(row, await setting("sharing"));
}

/** A minute more than the rules say: clocks differ. */
const LENIENCE_MS = 60_000;

async function checkedEnd(expiresAt: string | null): Promise<Date | null> {
  const { allowed, longestDays } = await setting("sharing");
  if (!allowed) throw new Problem("sharing-off");
  const end = expiresAt === null ? null : new Date(expiresAt);
  const latest = longestDays === null ? Number.POSITIVE_INFINITY : Date.now() + longestDays * 86_400_000;
  const tooLate = end === null ? longestDays !== null : end.getTime() > latest + LENIENCE_MS;
  if (tooLate || (end !== null && end.getTime() <= Date.now())) {
    throw new Problem("bad-request", { field: "expiresAt" });
  }
  return end;
}

interface Made {
  title: string;
  choices: ShareChoices;
  snapshot: Snapshot;
  copies: Copy[];
}

/** The snapshot, with the pictures copied: their bytes are stored and noted as removable until a row needs them. */
async function make(
  actor: Actor,
  threadId: string,
  { title, choices }: { title: string; choices: ShareChoices },
  replaced: string | null,
): Promise<Made> {
  const { branch } = await openBranch(actor, threadId);
  const { chosen, pictures } = check(branch, choices);
  await countCopies(actor, pictures.length, replaced);
  const { name: by } = await personOf(actor);
  const made: Copy[] = [];
  const copies = new Map<string, string>();
  for (const picture of pictures) {
    const copy = await copyOf(actor, picture);
    made.push(copy);
    copies.set(picture.key, copy.id);
  }
  const blackedOut = blackingOut(chosen, choices.redactions);
  return {
    title: clean(blackedOut(title)),
    choices,
    snapshot: snapshotOf(chosen, choices, { by, copies, blackedOut }),
    copies: made,
  };
}

/** What was chosen, or `bad-request` when it is not to be had. */
export function check(branch: readonly Message[], choices: ShareChoices) {
  const chosen = chosenOf(branch, choices);
  if (!chosen) throw new Problem("bad-request", { field: "messages" });
  const pictures = picturesOf(chosen, choices);
  if (!pictures) throw new Problem("bad-request", { field: "pictures" });
  return { chosen, pictures };
}

async function copyOf(actor: Actor, { imageId, width, height }: ChosenPicture): Promise<Copy> {
  const { bytes, contentType } = await readImage(actor, imageId);
  return { id: randomUUID(), blobKey: await keepBlob(bytes, contentType), contentType, width, height };
}

const columnsOf = (made: Made, input: { allowContinue: boolean; titleInPreview: boolean }) => ({
  title: made.title,
  snapshot: made.snapshot as object,
  choices: made.choices as object,
  allowContinue: input.allowContinue,
  titleInPreview: input.titleInPreview,
});

async function keepCopies(tx: Transaction, shareId: string, copies: Copy[]): Promise<void> {
  for (const { blobKey } of copies) await needBlob(tx, blobKey);
  if (copies.length > 0)
    await tx.shareImage.createMany({ data: copies.map((copy) => ({ shareId, ...copy })) });
}

/** PostgreSQL refuses NUL in text, and half a surrogate pair is no text at all. */
const clean = (text: string) => text.replaceAll("\0", "").toWellFormed();
