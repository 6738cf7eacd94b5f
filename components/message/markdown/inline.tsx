import type { Links, MarkedToken } from "marked";
import { Fragment, memo, type ReactNode } from "react";
import { Breakable } from "../breakable";
import type { Open } from "./blocks";
import { decodeEntities } from "./entities";
import { FormulaView } from "./formula";
import { ImageNote } from "./image-note";
import { lexInline } from "./lexer";
import { type Formula, halfFormula, mask, split, unmask } from "./math";
import { mend } from "./mend";
import { safeLink } from "./safe-link";
import { piecesOf } from "./scan";

/** Marks nested deeper than this are shown as they are written. */
const DEEPEST = 24;
/** A longer leaf is drawn in pieces of this length, so that its beginning is not drawn again with each word. */
const PIECE = 3_000;
/** A piece can be longer where something stays open. Beyond this (bytes in letters, say) it is shown as written. */
const LONGEST_PIECE = 8_000;

interface Props {
  text: string;
  links: Links;
  open?: Open;
}

/** The text of one leaf: emphasis, code, links, pictures as notes. Only React elements, never HTML. */
export const Inline = memo(function Inline({ text, links, open }: Props) {
  if (text.length <= PIECE) return <>{nodesOf(text, links, open)}</>;
  const { text: masked, formulas } = mask(text);
  const pieces = piecesOf(masked, PIECE).map((piece) => unmask(piece, formulas));
  const last = pieces.length - 1;
  return pieces.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only added at the end
    <Piece key={index} text={piece} links={links} open={index === last ? open : undefined} />
  ));
});

const Piece = memo(function Piece({ text, links, open }: Props) {
  return <>{nodesOf(text, links, open)}</>;
});

function nodesOf(text: string, links: Links, open: Open): ReactNode {
  if (text.length > LONGEST_PIECE) return <Lines text={text} />;
  const { text: masked, formulas } = mask(text);
  return nodes(lexInline(readable(masked, open), links), { depth: 0, inLink: false, formulas });
}

function readable(whole: string, open: Open): string {
  if (!open) return whole;
  const half = halfFormula(whole);
  const text = half < 0 ? whole : whole.slice(0, half);
  // The line end tells that the last word is whole.
  return open === "mid" ? mend(text) : mend(`${text}\n`).trimEnd();
}

interface Place {
  depth: number;
  inLink: boolean;
  formulas: readonly Formula[];
}

const nodes = (tokens: readonly MarkedToken[], place: Place): ReactNode[] =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the place in the text is what a piece of it is known by
  tokens.map((token, index) => <Fragment key={index}>{node(token, place)}</Fragment>);

function node(token: MarkedToken, place: Place): ReactNode {
  const written = (text: string) => unmask(text, place.formulas);
  if (place.depth > DEEPEST) return written(token.raw);
  switch (token.type) {
    case "strong":
      return <strong>{inside(token.tokens, place)}</strong>;
    case "em":
      return <em>{inside(token.tokens, place)}</em>;
    case "del":
      return <del>{inside(token.tokens, place)}</del>;
    case "codespan":
      return <code>{written(token.text)}</code>;
    case "br":
      return <br />;
    case "link":
      return <Anchor token={token} place={place} />;
    case "image":
      return (
        <ImageNote
          alt={decodeEntities(written(token.text))}
          href={written(token.href)}
          inLink={place.inLink}
        />
      );
    case "html":
      return <Lines text={written(token.text)} />;
    case "escape":
      return token.text;
    case "text":
      return (
        <Words text={token.escaped ? token.text : decodeEntities(token.text)} formulas={place.formulas} />
      );
    default:
      return written(token.raw);
  }
}

const inside = (tokens: readonly unknown[], place: Place, inLink = place.inLink): ReactNode[] =>
  nodes(tokens as MarkedToken[], { ...place, depth: place.depth + 1, inLink });

/** A link that opens beside the conversation and tells nothing of it; its title shows where it really leads. */
function Anchor({ token, place }: { token: MarkedToken & { type: "link" }; place: Place }) {
  const url = place.inLink ? null : safeLink(unmask(token.href, place.formulas));
  if (!url) return <>{inside(token.tokens, place)}</>;
  return (
    <a href={url.href} title={url.href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {token.autolink ? unmask(token.text, place.formulas) : inside(token.tokens, place, true)}
    </a>
  );
}

/** Text with its formulas. */
function Words({ text, formulas }: { text: string; formulas: readonly Formula[] }) {
  if (formulas.length === 0) return <Lines text={text} />;
  return split(text, formulas).map((piece, index) =>
    typeof piece === "string" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only added at the end
      <Lines key={index} text={piece} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces are only added at the end
      <FormulaView key={index} formula={piece} />
    ),
  );
}

/**
 * Text with its line ends and `<br>` as breaks. Models do not wrap prose at a column: where they break a line,
 * as in a poem or an address, they mean it.
 */
export function Lines({ text }: { text: string }) {
  const lines = text.split(/<br\s*\/?>\n?|\n/i);
  if (lines.length === 1) return <Breakable text={text} />;
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end
    <Fragment key={index}>
      {index > 0 && <br />}
      <Breakable text={line} />
    </Fragment>
  ));
}
