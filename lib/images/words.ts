import "server-only";
import type { ImageChoice } from "@/lib/context/choices";
import type { Locale } from "@/lib/i18n/locales";
import type { ImageNotes } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";
import { notFound } from "@/lib/platform/problem";
import { publish } from "@/lib/threads/live";
import { threadsOf } from "@/lib/threads/scope";
import type { Actor } from "@/lib/users/actor";
import { describe } from "./describe";
import { NOTES_COLUMNS, notesOf } from "./notes";
import { imagesOf } from "./rows";
import { LONGEST_CAPTION } from "./schema";
import type { CaptionInput, DescribeInput, ImageContextInput } from "./words-schema";

/** The person's own alternative text for a picture; empty takes any away. Throws `not-found`. */
export async function captionImage(actor: Actor, id: string, input: CaptionInput): Promise<ImageNotes> {
  const caption = clean(input.caption) || null;
  return save(actor, id, { caption, captionBy: caption && "person" });
}

/**
 * The model's words for a picture: those that are there, or asked of it. What the person wrote themselves stays.
 * Throws `not-found`, and as `describe` does.
 */
export async function describeImage(actor: Actor, id: string, input: DescribeInput): Promise<ImageNotes> {
  const image = await database().image.findFirst({
    where: { ...imagesOf(actor), id },
    select: { id: true, tokens: true, ...NOTES_COLUMNS },
  });
  if (!image) throw notFound();
  if (image.description && !input.again) return notesWith(actor, image);
  return askOnce(actor, image, input.language);
}

/**
 * Says what later questions send of a picture in a message. Throws `not-found`, and as `describe` does when it is
 * to be described and has no description yet: the choice stays as it was then.
 */
export async function chooseImageContext(
  actor: Actor,
  messageId: string,
  imageId: string,
  { context, language }: ImageContextInput,
): Promise<ImageChoice> {
  const where = { messageId, imageId, message: { thread: threadsOf(actor) }, image: imagesOf(actor) };
  const found = await database().messageImage.findFirst({
    where,
    select: { message: { select: { threadId: true } }, image: { select: NOTES_COLUMNS } },
  });
  if (!found) throw notFound();
  const notes =
    context === "described" ? await describeImage(actor, imageId, { language }) : notesOf(found.image);
  const { count } = await database().messageImage.updateMany({ where, data: { context } });
  if (count === 0) throw notFound();
  publish(actor.id, { type: "image-context", threadId: found.message.threadId, messageId, imageId, context });
  return { context, notes };
}

/** Descriptions being asked for, by picture: a second wish for the same one waits for the first. */
const asked = new Map<string, Promise<ImageNotes>>();

function askOnce(actor: Actor, image: { id: string; tokens: number }, language: Locale): Promise<ImageNotes> {
  const running = asked.get(image.id);
  if (running) return running;
  const answer = askAndSave(actor, image, language).finally(() => asked.delete(image.id));
  asked.set(image.id, answer);
  return answer;
}

async function askAndSave(
  actor: Actor,
  image: { id: string; tokens: number },
  language: Locale,
): Promise<ImageNotes> {
  const description = clean(await describe(actor, image, language));
  const written = { caption: firstSentence(description), captionBy: "model" };
  // The condition in the write: the person may have found own words while the model looked.
  const { count } = await database().image.updateMany({
    where: { id: image.id, ...imagesOf(actor), OR: [{ captionBy: null }, { captionBy: "model" }] },
    data: { description, ...written },
  });
  return save(actor, image.id, count > 0 ? {} : { description });
}

/** A description without an alternative text is one whose text the person took away: it comes back when asked for. */
async function notesWith(actor: Actor, image: ImageNotesRow): Promise<ImageNotes> {
  if (image.caption || !image.description) return notesOf(image);
  return save(actor, image.id, { caption: firstSentence(image.description), captionBy: "model" });
}

interface ImageNotesRow {
  id: string;
  caption: string | null;
  captionBy: string | null;
  description: string | null;
}

/** Writes, reads back, and tells the person's open tabs. Throws `not-found`. */
async function save(
  actor: Actor,
  id: string,
  data: { caption?: string | null; captionBy?: string | null; description?: string },
): Promise<ImageNotes> {
  const where = { ...imagesOf(actor), id };
  if (Object.keys(data).length > 0) await database().image.updateMany({ where, data });
  const image = await database().image.findFirst({ where, select: NOTES_COLUMNS });
  if (!image) throw notFound();
  const notes = notesOf(image);
  publish(actor.id, { type: "image-notes", imageId: id, notes });
  return notes;
}

/** Its first line or sentence, whichever is shorter, without the Markdown that models add. */
function firstSentence(description: string): string {
  const line = description.split("\n").find((part) => part.trim() !== "") ?? "";
  const bare = line
    .replace(/^(alt(ernative)?[ -]?text|alternativtext)\s*:\s*/i, "")
    .replace(/^[\s#*_"“„]+|[\s*_"”“]+$/g, "");
  const sentence = /^.{20,}?[.!?](?=\s\p{Lu})/u.exec(bare)?.[0] ?? bare;
  return Array.from(sentence).slice(0, LONGEST_CAPTION).join("").slice(0, LONGEST_CAPTION).toWellFormed();
}

/** PostgreSQL refuses NUL in text, and half a surrogate pair is no text at all. */
const clean = (text: string) => text.replaceAll("\0", "").toWellFormed().trim();
