import "server-only";
import type { ImageNotes } from "@/lib/messages/message";

/** What an Image row has of words for it. */
export const NOTES_COLUMNS = { caption: true, captionBy: true, description: true } as const;

interface NotesRow {
  caption: string | null;
  captionBy: string | null;
  description: string | null;
}

/** The columns hold what our own commands wrote, so the cast is safe. */
export const notesOf = ({ caption, captionBy, description }: NotesRow): ImageNotes => ({
  caption,
  captionBy: captionBy as ImageNotes["captionBy"],
  description,
});
