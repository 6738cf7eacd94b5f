import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { open } from "node:fs/promises";
import { keepBlob, systemRemoveUnneeded } from "@/lib/blobs/commands";
import { blobStore } from "@/lib/platform/blob-store";
import { environment } from "@/lib/platform/environment";
import { notFound } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { forgetPiece } from "./limits";

// A file of gigabytes does not come in one request: not through a proxy, and not within two minutes over a bad line. Its
// pieces lie where pictures lie, needed by no row, so that they are gone after a day whatever happens, and every server
// has them. Whose a piece is stands in its name, signed.

/** Keeps a piece; the name by which its owner can ask for it. Throws `storage-down`, `storage-full`. */
export async function keepPiece(actor: Actor, bytes: Uint8Array): Promise<string> {
  const key = await keepBlob(bytes, "application/octet-stream");
  return `${key}.${signatureOf(actor, key)}`;
}

/**
 * Joins the actor's own pieces to a file; their sizes in bytes. Throws `not-found` for what is not theirs, or is gone.
 */
export async function joinPieces(actor: Actor, pieces: string[], file: string): Promise<number[]> {
  const keys = pieces.map((piece) => keyOf(actor, piece));
  const sizes: number[] = [];
  const out = await open(file, "wx", 0o600);
  try {
    for (const key of keys) {
      const bytes = await blobStore().get(key);
      if (!bytes) throw notFound();
      await out.writeFile(bytes);
      sizes.push(bytes.length);
    }
  } finally {
    await out.close();
  }
  return sizes;
}

/** Removes them now rather than in a day; they count no more for how much may lie here. */
export async function forgetPieces(actor: Actor, pieces: string[], sizes: number[]): Promise<void> {
  await systemRemoveUnneeded(pieces.map((piece) => keyOf(actor, piece)));
  for (const size of sizes) await forgetPiece(actor, size);
}

function keyOf(actor: Actor, piece: string): string {
  const [key = "", signature = ""] = piece.split(".");
  const right = Buffer.from(signatureOf(actor, key));
  const given = Buffer.from(signature);
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw notFound();
  return key;
}

const signatureOf = (actor: Actor, key: string): string =>
  createHmac("sha256", environment().secret).update(`import piece\0${actor.id}\0${key}`).digest("base64url");
