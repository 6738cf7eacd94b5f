import type { Tokens } from "marked";
import { createElement, memo } from "react";
import { type BlockProps, isSameIn, type Surroundings } from "./block-props";
import { CodeBlock } from "./code-block";
import { DiagramBlock } from "./diagram/diagram-block";
import { decodeEntities } from "./entities";
import { FormulaView } from "./formula";
import { Inline, Lines } from "./inline";
import type { BlockToken } from "./lexer";
import { TableBlock } from "./table-block";

/** Blocks nested deeper than this are shown as they are written. */
const DEEPEST = 16;

/** One block of an answer, drawn again only when its own text changes. */
export const BlockView = memo(function BlockView(props: BlockProps) {
  const { token, links, open, depth } = props;
  // Only outermost blocks ask for their direction: one that asks does not count for the block around it.
  const dir = depth === 0 ? "auto" : undefined;
  if (depth > DEEPEST) return <p>{token.raw}</p>;
  switch (token.type) {
    case "heading":
      // An answer stands under the heading of its turn, an h2.
      return createElement(
        `h${Math.min(6, token.depth + 2)}`,
        { dir },
        <Inline text={token.text} links={links} open={open} />,
      );
    case "paragraph":
    case "text":
      return (
        <p dir={dir}>
          <Inline text={token.text} links={links} open={open} />
        </p>
      );
    case "hr":
      return <hr />;
    case "code":
      // A diagram that is still being written is code.
      if (!open && token.lang === "mermaid") return <DiagramBlock code={token.text} />;
      return <CodeBlock code={token.text} info={decodeEntities(token.lang ?? "")} open={open} />;
    case "blockquote":
      return (
        <blockquote dir={dir}>
          <Blocks tokens={token.tokens as BlockToken[]} links={links} open={open} depth={depth + 1} />
        </blockquote>
      );
    case "list":
      return <ListBlock token={token} links={links} open={open} depth={depth} />;
    case "table":
      return <TableBlock token={token} links={links} open={open} depth={depth} />;
    case "math":
      return <FormulaView formula={token} />;
    case "html":
      return (
        <p dir={dir} className="md-html">
          <Lines text={token.text.trimEnd()} />
        </p>
      );
    default:
      return null;
  }
}, isSame);

function isSame(former: BlockProps, next: BlockProps): boolean {
  const { token } = next;
  return (
    former.token.type === token.type && former.token.raw === token.raw && isSameIn(former, next, token.raw)
  );
}

interface BlocksProps extends Surroundings {
  tokens: readonly BlockToken[];
  /** Paragraphs of a tight list stand without one. */
  tight?: boolean;
}

/** The blocks inside another. */
export function Blocks({ tokens, tight, open, ...rest }: BlocksProps) {
  const shown = tokens.filter((token) => token.type !== "space" && token.type !== "checkbox");
  return shown.map((token, index) => {
    const isOpen = index === shown.length - 1 ? open : undefined;
    const text = tight && token.type === "text" ? token.text : undefined;
    return text === undefined ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only added at the end
      <BlockView key={index} {...rest} open={isOpen} token={token} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only added at the end
      <Inline key={index} links={rest.links} open={isOpen} text={text} />
    );
  });
}

/** A list, ordered from any number, nested, with tasks. */
function ListBlock({ token, depth, open, links }: BlockProps<Tokens.List>) {
  const last = token.items.length - 1;
  const items = token.items.map((item, index) => (
    <Item
      // biome-ignore lint/suspicious/noArrayIndexKey: items are only added at the end
      key={index}
      item={item}
      links={links}
      depth={depth + 1}
      open={index === last ? open : undefined}
    />
  ));
  const dir = depth === 0 ? "auto" : undefined;
  if (!token.ordered) return <ul dir={dir}>{items}</ul>;
  return (
    <ol dir={dir} start={token.start === 1 || token.start === "" ? undefined : token.start}>
      {items}
    </ol>
  );
}

interface ItemProps extends Surroundings {
  item: Tokens.ListItem;
}

const Item = memo(function Item({ item, ...rest }: ItemProps) {
  const tokens = item.tokens.map((token) => withoutCheckbox(token as BlockToken));
  const content = <Blocks {...rest} tokens={tokens} tight={!item.loose} />;
  if (!item.task) return <li>{content}</li>;
  return (
    <li className="md-task">
      <input type="checkbox" disabled checked={item.checked ?? false} aria-label={nameOf(item)} readOnly />
      <div>{content}</div>
    </li>
  );
}, isSameItem);

function isSameItem(former: ItemProps, next: ItemProps): boolean {
  const { item } = next;
  return former.item.raw === item.raw && former.item.loose === item.loose && isSameIn(former, next, item.raw);
}

/** In a loose list the lexer writes the box back into the text of the item's paragraph. */
function withoutCheckbox(token: BlockToken): BlockToken {
  if (token.type !== "paragraph" || token.tokens[0]?.type !== "checkbox") return token;
  const length = token.tokens[0].raw.length;
  return { ...token, tokens: [], text: token.text.slice(length), raw: token.raw.slice(length) };
}

/** The first line of a task, without marks, as the name of its box. */
function nameOf(item: Tokens.ListItem): string {
  const line = item.text.replace(/^\[[ xX]\][ \t]+/, "").split("\n", 1)[0] ?? "";
  return decodeEntities(line.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_~`]/g, ""));
}
