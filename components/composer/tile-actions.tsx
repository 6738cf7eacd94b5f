import { ArrowLeft, ArrowRight, Crop, Ellipsis, ScanSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { keptPicture } from "@/lib/client/threads/temporary";
import { Editor } from "../image/editor";
import { later } from "../ui/later";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu";
import type { ComposerDraft } from "./composer-draft";
import { focusComposer, isTouch } from "./focus";
import type { Tile } from "./tiles";

const Inspector = later(async () => (await import("../image/inspector")).default);

interface Props {
  draft: ComposerDraft;
  tile: Extract<Tile, { state: "ready" }>;
  /** Its place among the pictures, from 0, and how many there are. */
  place: number;
  count: number;
}

/** What can be done with a picture before it is sent. Each entry's dialog is loaded when it is first opened. */
export function TileActions({ draft, tile, place, count }: Props) {
  const t = useTranslations("composer.tile");
  const [open, setOpen] = useState<"inspect" | "edit" | null>(null);
  const [moved, setMoved] = useState(false);
  const close = () => setOpen(null);
  const { name } = tile.image;
  const move = (to: number) => {
    // The menu has given the focus back to its button, which may lose it on its way through the page.
    const button = document.activeElement;
    draft.move(tile.key, to);
    setMoved(true);
    requestAnimationFrame(() => button instanceof HTMLElement && button.focus());
  };
  return (
    <>
      <Menu
        label={t("actions", { name })}
        trigger={<Ellipsis size={16} aria-hidden="true" />}
        triggerClassName={TRIGGER}
      >
        <MenuItem icon={<ScanSearch size={16} aria-hidden="true" />} onSelect={() => setOpen("inspect")}>
          {t("inspect")}
        </MenuItem>
        <MenuItem icon={<Crop size={16} aria-hidden="true" />} onSelect={() => setOpen("edit")}>
          {t("edit")}
        </MenuItem>
        {count > 1 && <MenuSeparator />}
        {place > 0 && (
          <MenuItem icon={<ArrowLeft size={16} aria-hidden="true" />} onSelect={() => move(place - 1)}>
            {t("earlier")}
          </MenuItem>
        )}
        {place < count - 1 && (
          <MenuItem icon={<ArrowRight size={16} aria-hidden="true" />} onSelect={() => move(place + 1)}>
            {t("later")}
          </MenuItem>
        )}
      </Menu>
      <span role="status" className="sr-only">
        {moved && t("moved", { name, place: place + 1, count })}
      </span>
      {open === "inspect" && (
        <Inspector image={tile.image} known={draft.detailsOf(tile.key)} onClose={close} onFailed={close} />
      )}
      {open === "edit" && (
        <Editor
          name={name}
          sources={sourcesOf(draft, tile)}
          onDone={(file) => {
            draft.replace(tile.key, file);
            // The tile begins anew, and what had the focus is gone.
            if (!isTouch()) requestAnimationFrame(focusComposer);
          }}
          onClose={close}
          onFailed={close}
        />
      )}
    </>
  );
}

/** The file as it was chosen; where this browser cannot decode it, or it is gone, what was made of it. */
const sourcesOf = (draft: ComposerDraft, { key, image }: Props["tile"]) => [
  async () => draft.fileOf(key),
  async () => (draft.temporary ? keptPicture(image.id) : (await fetch(`/api/images/${image.id}`)).blob()),
];

const TRIGGER =
  "inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-surface pointer-coarse:size-11";
