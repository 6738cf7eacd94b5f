import { FileText, FileX, RotateCw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { ComposerDraft } from "../composer/composer-draft";
import { focusComposer } from "../composer/focus";
import { Button, IconButton } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { AsPictures } from "./as-pictures";
import type { DocumentTile, ReadyDocument } from "./document-draft";
import { PageRange } from "./page-range";
import { Preview } from "./preview-loader";
import { Refusal } from "./refusal";
import { ReadyFacts } from "./tile-facts";

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
    <ul aria-label={t("toSend")} className={`grid ${height} gap-2 overflow-y-auto p-3 pb-0`}>
      {sorted.map((tile) => (
        <TileView key={tile.key} draft={draft} tile={tile} />
      ))}
    </ul>
  );
}

/** One document: how far it is, which of its pages are sent, what they cost, and what is wrong with it. */
function TileView({ draft, tile }: { draft: ComposerDraft; tile: DocumentTile }) {
  const t = useTranslations("document");
  const failed = tile.state === "failed";
  const remove = () => {
    draft.documents.remove(tile.key);
    focusComposer();
  };
  return (
    <li
      className={`min-w-0 rounded-md border bg-raised p-1.5 ${failed ? "border-danger max-sm:pl-3" : "border-line"}`}
    >
      <div className="flex items-center gap-3">
        <Icon tile={tile} />
        <div className="min-w-0 flex-1 text-sm leading-5">
          {failed ? (
            <Refusal refused={tile.refused} />
          ) : (
            <>
              <p className="truncate font-medium">{tile.name}</p>
              <Facts tile={tile} />
            </>
          )}
        </div>
        {failed && tile.again && (
          <Button
            look="quiet"
            onClick={() => draft.documents.again(tile.key)}
            aria-label={t("retry", { name: tile.name })}
          >
            <RotateCw size={16} aria-hidden="true" />
            {t("retryShort")}
          </Button>
        )}
        <IconButton
          label={t("remove", { name: tile.name })}
          onClick={remove}
          className="text-muted hover:bg-surface"
        >
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {tile.state === "ready" && (tile.document.pages > 1 || tile.document.pictureTokens) && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-1.5 pt-2 pb-1">
          {tile.document.pages > 1 && <PageRange draft={draft.documents} tile={tile} />}
          {tile.document.pictureTokens && <AsPictures draft={draft} tile={tile} />}
        </div>
      )}
    </li>
  );
}

function Icon({ tile }: { tile: DocumentTile }) {
  if (tile.state === "ready") return <OpenButton tile={tile} />;
  if (tile.state === "failed")
    return (
      <Frame className="text-danger max-sm:hidden">
        <FileX size={20} aria-hidden="true" />
      </Frame>
    );
  return (
    <Frame>
      <Spinner />
    </Frame>
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
        <Frame>
          <FileText size={22} aria-hidden="true" />
        </Frame>
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

const Frame = ({ className = "", children }: { className?: string; children: ReactNode }) => (
  <span
    className={`flex size-13 shrink-0 items-center justify-center rounded-sm border border-line bg-surface ${className}`}
  >
    {children}
  </span>
);

function Facts({ tile }: { tile: Exclude<DocumentTile, { state: "failed" }> }) {
  const t = useTranslations("document");
  if (tile.state === "ready") return <ReadyFacts tile={tile} />;
  return (
    <>
      <p role="status" className="text-muted">
        {t(tile.state)}
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
