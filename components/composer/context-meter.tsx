import type { ContextTokens } from "@/lib/context/context";
import { roughTokens } from "@/lib/context/context";
import type { MeterProps } from "../context/meter";
import { type DocumentTile, tokensOf } from "../document/tiles";
import { later } from "../ui/later";
import type { Tile } from "./tiles";

const Meter = later<MeterProps>(() => import("../context/meter").then(({ Meter }) => Meter));

interface Props extends Pick<MeterProps, "threadId" | "onFull"> {
  text: string;
  tiles: readonly Tile[];
  documents: readonly DocumentTile[];
}

/** What the next question costs, with what is being written. Its code comes when the page is there. */
export function ContextMeter({ text, tiles, documents, ...meter }: Props) {
  return <Meter {...meter} draft={draftTokens(text, tiles, documents)} />;
}

/** What a message being written adds: pictures by the formula, chosen pages as counted, text judged by its length. */
export function draftTokens(
  text: string,
  tiles: readonly Tile[],
  documents: readonly DocumentTile[] = [],
): ContextTokens {
  const images = tiles.reduce((sum, tile) => {
    if (tile.state === "ready") return sum + tile.image.tokens;
    return tile.state === "uploading" ? sum + tile.size.tokens : sum;
  }, 0);
  const pages = documents.reduce((sum, tile) => sum + (tile.state === "ready" ? tokensOf(tile) : 0), 0);
  return { text: roughTokens(text.trim()), images, words: 0, documents: pages };
}
