import { FileText, FileX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ComposerDraft } from "../composer/composer-draft";
import { FileTile, TileFrame, TileProgress } from "../composer/file-tile";
import { Spinner } from "../ui/spinner";
import { AsPictures } from "./as-pictures";
import { PageRange } from "./page-range";
import { Preview } from "./preview-loader";
import { Refusal } from "./refusal";
import { ReadyFacts } from "./tile-facts";
import type { DocumentTile, ReadyDocument } from "./tiles";

/** The documents of the next message. */
export default function DocumentTiles({
  draft,
  tiles,
}: {
  draft: ComposerDraft;
  tiles: readonly DocumentTile[];
}) {
  const t = useTranslations("document");
  // What is refused first: it asks for something to be done, and must not hide below the edge.
  const sorted = tiles.toSorted((a, b) => Number(b.state === "failed") - Number(a.state === "failed"));
  // Pictures and documents together leave room for the conversation.
  const height = draft.view().tiles.length > 0 ? "max-h-[25dvh]" : "max-h-[35dvh]";
  return (
    <ul aria-label={t("toSend")} className={`mx-3 mt-3 grid ${height} gap-2 overflow-y-auto`}>
      {sorted.map((tile) => (
        <TileView key={tile.key} draft={draft} tile={tile} />
      ))}
    </ul>
  );
}

/** One document: how far it is, which of its pages are sent, what they cost, and what is wrong with it. */
function TileView({ draft, tile }: { draft: ComposerDraft; tile: DocumentTile }) {
  const t = useTranslations("document");
  const { key, name } = tile;
  const failed = tile.state === "failed";
  return (
    <FileTile
      name={name}
      failed={failed}
      isNew={!failed && tile.state !== "ready"}
      picture={<Icon tile={tile} />}
      facts={failed ? <Refusal refused={tile.refused} /> : <Facts tile={tile} />}
      below={tile.state === "ready" && <Choices draft={draft} tile={tile} />}
      words={{ retry: t("retry", { name }), retryShort: t("retryShort"), remove: t("remove", { name }) }}
      onRetry={failed && tile.again ? () => draft.documents.again(key) : undefined}
      onRemove={() => draft.documents.remove(key)}
    />
  );
}

/** Which pages go, and how. */
function Choices({ draft, tile }: { draft: ComposerDraft; tile: ReadyDocument }) {
  const { pages, pictureTokens } = tile.document;
  if (pages <= 1 && !pictureTokens) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-1.5 pt-2 pb-1">
      {pages > 1 && <PageRange draft={draft.documents} tile={tile} />}
      {pictureTokens && <AsPictures draft={draft} tile={tile} />}
    </div>
  );
}

function Icon({ tile }: { tile: DocumentTile }) {
  if (tile.state === "ready") return <OpenButton tile={tile} />;
  if (tile.state === "failed")
    return (
      <TileFrame failed>
        <FileX size={20} aria-hidden="true" />
      </TileFrame>
    );
  return (
    <TileFrame>
      <Spinner />
    </TileFrame>
  );
}

function OpenButton({ tile }: { tile: ReadyDocument }) {
  const t = useTranslations("document");
  const [shown, setShown] = useState(false);
  const { id, name, pages } = tile.document;
  return (
    <>
      <button
        type="button"
        aria-label={t("show", { name })}
        title={t("show", { name })}
        onClick={() => setShown(true)}
        className="shrink-0 rounded-sm text-muted hover:text-ink"
      >
        <TileFrame>
          <FileText size={22} aria-hidden="true" />
        </TileFrame>
      </button>
      {shown && (
        <Preview
          documentId={id}
          name={name}
          pages={pages}
          firstPage={tile.firstPage}
          onClose={() => setShown(false)}
        />
      )}
    </>
  );
}

function Facts({ tile }: { tile: Exclude<DocumentTile, { state: "failed" }> }) {
  const t = useTranslations("document");
  if (tile.state === "ready") return <ReadyFacts tile={tile} />;
  return (
    <>
      <p role="status" className="text-muted">
        {t(tile.state)}
      </p>
      {tile.state === "uploading" && <TileProgress name={tile.name} progress={tile.progress} />}
    </>
  );
}
