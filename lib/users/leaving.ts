import "server-only";
import { forgetBlobs, forgetBlobsOfPerson, systemRemoveUnneeded } from "@/lib/blobs/commands";
import { database, type Transaction, takeTurns } from "@/lib/platform/database";
import { log } from "@/lib/platform/log";
import { Problem } from "@/lib/platform/problem";
import { streamBus } from "@/lib/platform/stream-bus";
import { eraseThreads } from "@/lib/threads/commands";
import type { Actor } from "./actor";
import { countSignIn, forgetSignIn } from "./attempts";
import { passwordMatches } from "./passwords";
import type { LeaveInput } from "./schema";
import { LEAVING, staying } from "./scope";

/** Rows removed in one transaction: others wait for it, on SQLite all of them. */
const THREADS_AT_ONCE = 20;
const FILES_AT_ONCE = 200;

/**
 * Deletes the actor's account. Sessions, shares, and downloads that run end with this, on every server; rows and files
 * are removed behind it. Throws `wrong-password`, `too-many-tries`, and `last-administrator` where nobody would
 * administer the others' accounts, unless a successor is named.
 */
export async function leave(actor: Actor, input: LeaveInput, address: string): Promise<void> {
  await checkPassword(actor, input.password, address);
  await database().$transaction(async (tx) => {
    // Neither two administrators who leave at once, nor one who registers meanwhile, may leave nobody in charge.
    await takeTurns(tx, "first-account");
    await handOver(tx, actor, input.successor);
    await tx.queuedMessage.deleteMany({ where: { ownerId: actor.id } });
    await tx.user.update({
      where: { id: actor.id },
      data: {
        role: LEAVING,
        suspendedAt: new Date(),
        tokenVersion: { increment: 1 },
        // Not to be signed in with any more, and free for a new account.
        email: `${LEAVING}:${actor.id}`,
        name: "",
        passwordHash: null,
      },
      select: { id: true },
    });
  });
  log.info({ person: actor.id }, "an account is deleted by its owner");
  void erase(actor.id).catch((error: unknown) => log.warn({ cause: error }, "leaving goes on later"));
}

/** Removes what is left of deleted accounts: answers were being written, or a process died over it. */
export async function systemFinishLeaving(): Promise<void> {
  const left = await database().user.findMany({ where: { role: LEAVING }, select: { id: true } });
  for (const { id } of left) await erase(id);
}

/** Tries count as those to sign in: a session that somebody found must not be a way to guess. */
async function checkPassword(actor: Actor, password: string, address: string): Promise<void> {
  const { email, passwordHash } = await database().user.findUniqueOrThrow({
    where: { id: actor.id },
    select: { email: true, passwordHash: true },
  });
  await countSignIn(email, address);
  if (!(await passwordMatches(passwordHash, password))) throw new Problem("wrong-password");
  await forgetSignIn(email, address);
}

async function handOver(tx: Transaction, actor: Actor, successor: string | undefined): Promise<void> {
  const self = await tx.user.findUniqueOrThrow({ where: { id: actor.id }, select: { role: true } });
  if (self.role !== "administrator") return;
  const others = { ...staying, id: { not: actor.id } };
  if ((await tx.user.count({ where: others })) === 0) return;
  const active = { id: { not: actor.id }, suspendedAt: null };
  if ((await tx.user.count({ where: { ...active, role: "administrator" } })) > 0) return;
  const { count } = await tx.user.updateMany({
    where: { ...active, role: "member", email: successor ?? "" },
    data: { role: "administrator" },
  });
  if (count === 0) throw new Problem("last-administrator");
}

/** Everything of a deleted account, in pieces, then the account; may be begun again at any point. */
async function erase(ownerId: string): Promise<void> {
  if (await stopsWriting(ownerId)) return;
  while (await eraseSomeThreads(ownerId));
  while (await eraseSomeImages(ownerId));
  while (await eraseSomeDocuments(ownerId));
  await database().$transaction(async (tx) => {
    await forgetBlobsOfPerson(tx, ownerId);
    await tx.user.deleteMany({ where: { id: ownerId, role: LEAVING } });
  });
}

/** What is being written is stopped first: it would look for its rows. True while there is any. */
async function stopsWriting(ownerId: string): Promise<boolean> {
  const where = { ownerId, status: "running" };
  const running = await database().generation.findMany({ where, select: { id: true } });
  if (running.length === 0) return false;
  await database().generation.updateMany({ where, data: { stopRequestedAt: new Date() } });
  for (const { id } of running) streamBus().requestStop(id);
  return true;
}

async function eraseSomeThreads(ownerId: string): Promise<boolean> {
  const threads = await database().thread.findMany({
    where: { ownerId },
    select: { id: true },
    take: THREADS_AT_ONCE,
  });
  const id = { in: threads.map((thread) => thread.id) };
  const copies = await database().shareImage.findMany({
    where: { share: { threadId: id } },
    select: { blobKey: true },
  });
  await database().$transaction((tx) => eraseThreads(tx, { id }));
  await systemRemoveUnneeded(copies.map(({ blobKey }) => blobKey));
  return threads.length > 0;
}

async function eraseSomeImages(ownerId: string): Promise<boolean> {
  const images = await database().image.findMany({
    where: { ownerId },
    select: { id: true, blobKey: true },
    take: FILES_AT_ONCE,
  });
  const keys = images.map(({ blobKey }) => blobKey);
  await database().$transaction(async (tx) => {
    await forgetBlobs(tx, keys);
    await tx.image.deleteMany({ where: { id: { in: images.map(({ id }) => id) } } });
  });
  await systemRemoveUnneeded(keys);
  return images.length > 0;
}

async function eraseSomeDocuments(ownerId: string): Promise<boolean> {
  const documents = await database().document.findMany({
    where: { ownerId },
    select: { id: true, blobKey: true, textKey: true },
    take: FILES_AT_ONCE,
  });
  const keys = documents.flatMap(({ blobKey, textKey }) => [blobKey, textKey]);
  await database().$transaction(async (tx) => {
    await forgetBlobs(tx, keys);
    await tx.document.deleteMany({ where: { id: { in: documents.map(({ id }) => id) } } });
  });
  await systemRemoveUnneeded(keys);
  return documents.length > 0;
}
