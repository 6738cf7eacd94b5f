import { useState } from "react";
import { problemOf, request } from "@/lib/client/api";
import type { OwnPicture, PicturePage } from "@/lib/images/schema";
import { dropFromDrafts } from "../composer/drafts";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast-store";

/** One's pictures as far as they were read, and what reads on and deletes. */
export function usePictures(first: PicturePage) {
  const sentence = useProblemSentence();
  const [pages, setPages] = useState<PicturePage>(first);
  const [failed, setFailed] = useState(false);

  const more = async () => {
    if (!pages.nextCursor) return;
    setFailed(false);
    try {
      const next = await request<PicturePage>(
        "GET",
        `/api/images?cursor=${encodeURIComponent(pages.nextCursor)}`,
      );
      setPages((before) => ({ ...next, pictures: withoutTwins(before.pictures, next.pictures) }));
    } catch {
      setFailed(true);
    }
  };
  const remove = async (id: string): Promise<boolean> => {
    try {
      await request("DELETE", `/api/images/${id}`);
      dropFromDrafts(id);
      setPages((before) => ({ ...before, pictures: before.pictures.filter((picture) => picture.id !== id) }));
      return true;
    } catch (error) {
      toast({ text: sentence(problemOf(error)), bad: true });
      return false;
    }
  };
  return { pictures: pages.pictures, hasMore: pages.nextCursor !== null, failed, more, remove };
}

/** The end may be asked for twice while it is in sight. */
function withoutTwins(before: readonly OwnPicture[], next: readonly OwnPicture[]): OwnPicture[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...next.filter(({ id }) => !known.has(id))];
}
