import { Images } from "lucide-react";
import { useTranslations } from "next-intl";
import { problemOf } from "@/lib/client/api";
import { refusedBy } from "@/lib/client/images/refused";
import type { ComposerDraft } from "../composer/composer-draft";
import { focusComposer } from "../composer/focus";
import { useRefusalSentence } from "../composer/refusal";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { pictureTokensOf, type ReadyDocument, tokensOf } from "./tiles";

/** Puts pictures of a PDF's chosen pages in its place: the way to send a scan. */
export function AsPictures({ draft, tile }: { draft: ComposerDraft; tile: ReadyDocument }) {
  const t = useTranslations("document");
  const sentence = useRefusalSentence();
  const refusal = useTranslations("documentRefusal");
  const pages = tile.lastPage - tile.firstPage + 1;
  const { room } = draft;
  const tokens = pictureTokensOf(tile) ?? 0;
  const drawing = tile.drawn !== null;
  if (pages > room && !drawing) return <p className="text-muted text-sm">{t("noRoom", { room })}</p>;

  const draw = async () => {
    try {
      await draft.documents.draw(tile.key, (image) => draft.addImage(image));
      focusComposer();
    } catch (error) {
      const { code, details } = problemOf(error);
      const { name } = tile;
      const tooDemanding = details.reason === "too-demanding";
      const text =
        code === "document-refused"
          ? refusal(tooDemanding ? "too-demanding" : "damaged", { name })
          : // Also of a page's picture, which may find no room on the server.
            sentence(refusedBy(name, code, details));
      toast({ text, bad: true });
    }
  };
  return (
    <Button
      look={tokensOf(tile) > 0 ? "quiet" : "plain"}
      busy={drawing}
      onClick={draw}
      className="max-w-full tabular-nums hover:bg-surface"
    >
      {!drawing && <Images size={16} aria-hidden="true" />}
      {drawing
        ? t("drawing", { page: Math.min(pages, (tile.drawn ?? 0) + 1), pages })
        : t("asPictures", { pages, tokens })}
    </Button>
  );
}
