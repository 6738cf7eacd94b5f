import { ImageOff, RotateCw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { pictureSource } from "../image/local-pictures";
import { Picture } from "../image/picture";
import { Button, IconButton } from "../ui/button";
import { Spinner } from "../ui/spinner";
import type { ComposerDraft } from "./composer-draft";
import { focusComposer } from "./focus";
import { Refusal } from "./refusal";
import { TileActions } from "./tile-actions";
import type { Tile } from "./tiles";

interface Props {
  draft: ComposerDraft;
  tile: Tile;
  /** Its place in the list, from 0, and how many there are. */
  place: number;
  count: number;
  onShow: (imageId: string) => void;
  /** What makes it movable; none where it is alone. */
  drag?: ComponentProps<"li">;
}

/** One picture: what it looks like, how far it is, what it costs, and what is wrong with it. */
export function TileView({ draft, tile, place, count, onShow, drag }: Props) {
  const t = useTranslations("composer");
  const failed = tile.state === "failed";
  const remove = () => {
    draft.remove(tile.key);
    focusComposer();
  };
  return (
    <li
      {...drag}
      className={`${drag ? "cursor-grab " : ""}flex min-w-0 items-center gap-3 rounded-md border bg-raised p-1.5 ${failed ? "border-danger max-sm:pl-3 sm:col-span-2" : "border-line"}`}
    >
      <Thumbnail tile={tile} onShow={onShow} />
      <div className="min-w-0 flex-1 text-sm leading-5">
        {!failed && <p className="truncate font-medium">{tile.name}</p>}
        <Facts tile={tile} />
      </div>
      {failed && tile.again && (
        <Button
          look="quiet"
          onClick={() => draft.again(tile.key)}
          aria-label={t("retry", { name: tile.name })}
        >
          <RotateCw size={16} aria-hidden="true" />
          {t("retryShort")}
        </Button>
      )}
      {tile.state === "ready" && <TileActions draft={draft} tile={tile} place={place} count={count} />}
      <IconButton
        label={t("remove", { name: tile.name })}
        onClick={remove}
        className="text-muted hover:bg-surface"
      >
        <X size={16} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

function Thumbnail({ tile, onShow }: Pick<Props, "tile" | "onShow">) {
  const t = useTranslations("composer");
  if (tile.state === "failed")
    return (
      <Frame className="text-danger max-sm:hidden">
        <ImageOff size={20} aria-hidden="true" />
      </Frame>
    );
  if (tile.state === "preparing")
    return (
      <Frame>
        <Spinner />
      </Frame>
    );
  if (tile.state === "uploading")
    return (
      <Frame>{tile.preview ? <Picture src={tile.preview} alt="" className={COVER} /> : <Spinner />}</Frame>
    );
  const { id, name } = tile.image;
  return (
    <button
      type="button"
      aria-label={t("show", { name })}
      onClick={() => onShow(id)}
      className="shrink-0 cursor-zoom-in rounded-sm"
    >
      <Frame>
        <Picture src={pictureSource(id)} alt="" draggable={false} className={COVER} />
      </Frame>
    </button>
  );
}

const COVER = "size-full object-cover";

const Frame = ({ className = "", children }: { className?: string; children: ReactNode }) => (
  <span
    className={`flex size-13 shrink-0 items-center justify-center overflow-hidden rounded-sm border border-line bg-surface ${className}`}
  >
    {children}
  </span>
);

function Facts({ tile }: { tile: Tile }) {
  const t = useTranslations("composer");
  if (tile.state === "failed") return <Refusal refused={tile.refused} />;
  if (tile.state === "preparing") return <p className="text-muted">{t("preparing")}</p>;
  const { width, height, tokens } = tile.state === "ready" ? tile.image : tile.size;
  return (
    <>
      <p className="text-muted tabular-nums sm:truncate">
        {t("tokens", { tokens })} · {t("pixels", { width, height })}
      </p>
      {tile.state === "uploading" && (
        <progress
          aria-label={tile.name}
          value={tile.progress}
          max={1}
          className="mt-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </>
  );
}
