import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { pictureSource } from "../image/local-pictures";
import { Picture } from "../image/picture";
import { cx } from "../ui/cx";
import { useFileSize } from "../ui/file-size";
import { Spinner } from "../ui/spinner";
import type { ComposerDraft } from "./composer-draft";
import { FileTile, TileFrame, TileProgress } from "./file-tile";
import { Refusal } from "./refusal";
import { TileActions } from "./tile-actions";
import { isOnItsWay, type Tile } from "./tiles";

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
  const { key, name } = tile;
  const failed = tile.state === "failed";
  return (
    <FileTile
      {...drag}
      name={name}
      failed={failed}
      isNew={isOnItsWay(tile)}
      className={cx(drag && "cursor-grab", failed && "sm:col-span-2")}
      picture={<Thumbnail tile={tile} onShow={onShow} />}
      facts={<Facts tile={tile} />}
      actions={
        tile.state === "ready" && <TileActions draft={draft} tile={tile} place={place} count={count} />
      }
      words={{ retry: t("retry", { name }), retryShort: t("retryShort"), remove: t("remove", { name }) }}
      onRetry={failed && tile.again ? () => draft.again(key) : undefined}
      onRemove={() => draft.remove(key)}
    />
  );
}

function Thumbnail({ tile, onShow }: Pick<Props, "tile" | "onShow">) {
  const t = useTranslations("composer");
  if (tile.state === "failed")
    return (
      <TileFrame failed>
        <ImageOff size={20} aria-hidden="true" />
      </TileFrame>
    );
  if (tile.state === "preparing")
    return (
      <TileFrame>
        <Spinner />
      </TileFrame>
    );
  if (tile.state === "uploading")
    return (
      <TileFrame>
        {tile.preview ? <Picture src={tile.preview} alt="" className={COVER} /> : <Spinner />}
      </TileFrame>
    );
  const { id, name } = tile.image;
  return (
    <button
      type="button"
      aria-label={t("show", { name })}
      onClick={() => onShow(id)}
      className="shrink-0 cursor-zoom-in rounded-sm"
    >
      <TileFrame>
        <Picture src={pictureSource(id)} alt="" draggable={false} className={COVER} />
      </TileFrame>
    </button>
  );
}

const COVER = "size-full object-cover";

function Facts({ tile }: { tile: Tile }) {
  const t = useTranslations("composer");
  const size = useFileSize();
  if (tile.state === "failed") return <Refusal refused={tile.refused} />;
  if (tile.state === "preparing") return <p className="text-muted">{t("preparing")}</p>;
  const { width, height, tokens, bytes } = tile.state === "ready" ? tile.image : tile.size;
  return (
    <>
      <p className="overflow-hidden text-muted tabular-nums">
        {/* A dot stands between two of them; where they stand below each other, it lies beyond the edge. */}
        <span className="-ml-3 flex flex-wrap whitespace-nowrap">
          <span className="pl-3">{t("tokens", { tokens })}</span>
          <span className="flex flex-wrap">
            <Fact>{t("pixels", { width, height })}</Fact>
            {bytes !== undefined && <Fact>{size(bytes)}</Fact>}
          </span>
        </span>
      </p>
      {tile.state === "uploading" && <TileProgress name={tile.name} progress={tile.progress} />}
    </>
  );
}

const Fact = ({ children }: { children: string }) => (
  <span>
    <span className="inline-block w-3 whitespace-pre text-center"> · </span>
    {children}
  </span>
);
