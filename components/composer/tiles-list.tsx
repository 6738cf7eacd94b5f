import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DraftImage } from "@/lib/client/threads";
import { pictureSource } from "../image/local-pictures";
import { Viewer, type ViewerPicture } from "../image/viewer";
import type { ComposerDraft } from "./composer-draft";
import { TileView } from "./tile-view";
import type { Tile } from "./tiles";
import { useReorder } from "./use-reorder";

/** The pictures of the next message, where there are some. */
export function Tiles({ draft, tiles }: { draft: ComposerDraft; tiles: readonly Tile[] }) {
  const t = useTranslations("composer");
  const [shown, setShown] = useState<number | null>(null);
  const pictures = tiles.flatMap((tile) => (tile.state === "ready" ? [pictureOf(tile.image)] : []));
  const show = (id: string) => setShown(pictures.findIndex((picture) => picture.id === id));
  const reorder = useReorder(draft);
  return (
    <>
      <ul
        aria-label={t("pictures")}
        className="grid max-h-[35dvh] gap-2 overflow-y-auto p-3 pb-0 sm:grid-cols-2"
      >
        {tiles.map((tile, place) => (
          <TileView
            key={tile.key}
            draft={draft}
            tile={tile}
            place={place}
            count={tiles.length}
            onShow={show}
            drag={tiles.length > 1 ? reorder(tile.key, place) : undefined}
          />
        ))}
      </ul>
      <Viewer pictures={pictures} index={shown} onIndex={setShown} captions={!draft.temporary} />
    </>
  );
}

const pictureOf = (image: DraftImage): ViewerPicture => ({
  ...image,
  caption: image.notes?.caption ?? null,
  captionBy: image.notes?.captionBy ?? null,
  source: pictureSource(image.id),
});
