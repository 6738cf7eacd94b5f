import { Lexer, type Links, type MarkedToken, type Rules, Tokenizer, type Tokens } from "marked";
import { type MathBlockToken, mathBlock, nextMathBlock } from "./math";

export type BlockToken = MarkedToken | MathBlockToken;

/**
 * Our dialect of GFM, chosen so that a block that is followed by another one is never changed by later text:
 * a link definition stands on one line (CommonMark lets a label or a title run on over any number of lines).
 */
class AnswerTokenizer extends Tokenizer {
  override def(source: string): Tokens.Def | undefined {
    const end = source.indexOf("\n");
    return super.def(end < 0 ? source : source.slice(0, end));
  }

  /** The lines above an underline are no heading where math stands among them. */
  override lheading(source: string): Tokens.Heading | undefined {
    const heading = super.lheading(source);
    return heading && nextMathBlock(heading.raw) === undefined ? heading : undefined;
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return inside(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return inside(() => super.list(source));
  }
}

/** How many blocks the lexer is in, and whether more text will come after the last. */
let depth = 0;
let isGrowing = false;

function inside<T>(lex: () => T): T {
  depth++;
  try {
    return lex();
  } finally {
    depth--;
  }
}

const tokenizer = new AnswerTokenizer();
const extensions = {
  renderers: {},
  childTokens: {},
  // Of blocks inside others it is not known here whether they are the last; a paragraph may go on.
  block: [
    (source: string, before: MarkedToken[]) =>
      mathBlock(source, isGrowing && depth === 0 && before.at(-1)?.type !== "paragraph"),
  ],
  startBlock: [nextMathBlock],
};
const options = { gfm: true, tokenizer, extensions } as unknown as ConstructorParameters<typeof Lexer>[0];
let dialect: Rules | undefined;

/**
 * Block structure only: `tokens` of leaves are empty, their `text` is for `lexInline`. `growing`: the last block may
 * be math whose end has not come. Never throws.
 */
export function lexBlocks(source: string, growing: boolean): BlockToken[] {
  isGrowing = growing;
  depth = 0;
  try {
    return newLexer().blockTokens(source) as BlockToken[];
  } catch {
    // Nesting deeper than the stack: shown as written.
    return [{ type: "html", block: true, pre: false, raw: source, text: source }];
  }
}

/** What stands in one leaf (a paragraph, a heading, a cell). Never throws. */
export function lexInline(text: string, links: Links): MarkedToken[] {
  try {
    const lexer = newLexer();
    lexer.tokens.links = links;
    return lexer.inlineTokens(text) as MarkedToken[];
  } catch {
    return [{ type: "text", raw: text, text }];
  }
}

function newLexer(): Lexer {
  const lexer = new Lexer(options);
  dialect ??= withoutSingleTilde(tokenizer.rules);
  tokenizer.rules = dialect;
  return lexer;
}

/** "5~10 and 20~30" are ranges: only `~~` strikes text out. */
function withoutSingleTilde(rules: Rules): Rules {
  return { ...rules, inline: { ...rules.inline, delLDelim: /^~~(?:((?!~)[\p{P}\p{S}])|[^\s~])/u } };
}
