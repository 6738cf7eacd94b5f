import type { Links } from "marked";
import { heldFrom } from "./hold";
import { type BlockToken, lexBlocks } from "./lexer";
import { beforeOpenMath } from "./math";

/** A top-level piece of an answer. `key` is its place, the same for as long as the answer grows. */
export interface Block {
  key: number;
  token: BlockToken;
}

/**
 * How the last block ends while text still arrives: `mid` in the middle of a line, `eol` after a whole line that
 * the next may continue. Undefined: nothing that follows can change it.
 */
export type Open = "mid" | "eol" | undefined;

/** An answer as read so far. Values, never changed: `read` makes the next one. */
export interface Reading {
  /** With \n for every line end. */
  source: string;
  /** Blocks that later text cannot change, and where the text after them starts. */
  settled: readonly Block[];
  settledEnd: number;
  settledLinks: Links;
  /** Up to where whole lines were looked at for settling. */
  linesEnd: number;
  /** The settled ones and what is shown of the rest. */
  blocks: readonly Block[];
  /** Link definitions by label; the same object while nothing is added. */
  links: Links;
  open: Open;
}

const NO_LINKS: Links = Object.freeze(Object.create(null));

export const NOTHING_READ: Reading = {
  source: "",
  settled: [],
  settledEnd: 0,
  settledLinks: NO_LINKS,
  linesEnd: 0,
  blocks: [],
  links: NO_LINKS,
  open: undefined,
};

/**
 * Reads `text` (Markdown), going on from `previous` where `text` continues it: only what follows the settled
 * blocks is lexed again. While `streaming`, what may still become something else is held back or closed.
 */
export function read(previous: Reading, text: string, streaming: boolean): Reading {
  const source = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const known = source.startsWith(previous.source) ? previous : NOTHING_READ;
  const settling = streaming ? settle(known, source) : known;
  const { settled, settledEnd, settledLinks } = settling;
  const shownEnd = streaming ? settledEnd + heldFrom(source.slice(settledEnd)) : source.length;
  const shown = source.slice(settledEnd, shownEnd);
  const tail = lexBlocks(shown, streaming);
  const blocks = settled.concat(numbered(tail.filter(isVisible), settled.length));
  return {
    ...settling,
    source,
    blocks,
    links: sameLinks(previous.links, withDefinitions(settledLinks, tail)),
    open: streaming ? opening(shown) : undefined,
  };
}

/**
 * Only whole lines decide, because half a line may look like something else (`***` may become bold text). The
 * last block stays open: it may still grow, become a heading by an underline, or give its last line to a table.
 */
function settle(known: Reading, source: string): Reading {
  const linesEnd = source.lastIndexOf("\n") + 1;
  if (linesEnd <= known.linesEnd) return known;
  // A formula may begin in the midst of a paragraph, and have in it what looks like other blocks.
  const tokens = lexBlocks(beforeOpenMath(source.slice(known.settledEnd, linesEnd)), true);
  const finished = tokens.slice(0, Math.max(0, tokens.findLastIndex(isBlock)));
  const raw = finished.map((token) => token.raw).join("");
  // Where the lexer rewrote a raw text the offset would be wrong: then nothing is settled, which only costs time.
  if (raw === "" || !source.startsWith(raw, known.settledEnd)) return { ...known, linesEnd };
  return {
    ...known,
    linesEnd,
    settled: known.settled.concat(numbered(finished.filter(isVisible), known.settled.length)),
    settledEnd: known.settledEnd + raw.length,
    settledLinks: withDefinitions(known.settledLinks, finished),
  };
}

const isBlock = (token: BlockToken) => token.type !== "space";
const isVisible = (token: BlockToken) => token.type !== "space" && token.type !== "def";

const numbered = (tokens: BlockToken[], from: number): Block[] =>
  tokens.map((token, index) => ({ key: from + index, token }));

function opening(shown: string): Open {
  if (/\n[ \t]*\n[ \t]*$/.test(shown)) return undefined;
  return shown.endsWith("\n") ? "eol" : "mid";
}

/** `links` and the definitions in `tokens` at any depth; of two with one label the first counts. */
function withDefinitions(links: Links, tokens: readonly BlockToken[]): Links {
  let all = links;
  for (const token of definitionsIn(tokens)) {
    if (token.tag in all) continue;
    if (all === links) all = Object.assign(Object.create(null), links) as Links;
    all[token.tag] = { href: token.href, title: token.title };
  }
  return all;
}

function* definitionsIn(tokens: readonly BlockToken[]): Generator<BlockToken & { type: "def" }> {
  for (const token of tokens) {
    if (token.type === "def") yield token;
    else if (token.type === "blockquote") yield* definitionsIn(token.tokens as BlockToken[]);
    else if (token.type === "list") {
      for (const item of token.items) yield* definitionsIn(item.tokens as BlockToken[]);
    }
  }
}

/** Keeps the former object where it says the same, so that nothing is drawn again for it. */
function sameLinks(former: Links, links: Links): Links {
  const tags = Object.keys(links);
  const same =
    tags.length === Object.keys(former).length &&
    tags.every((tag) => former[tag]?.href === links[tag]?.href && former[tag]?.title === links[tag]?.title);
  return same ? former : links;
}
