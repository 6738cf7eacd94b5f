import type { Links, Tokens } from "marked";
import { memo } from "react";
import type { BlockProps } from "./block-props";
import type { Open } from "./blocks";
import { Inline } from "./inline";
import { TableFrame } from "./table-frame";

/** A cell with more characters is not squeezed into a narrow column. */
const LONG = 40;

export function TableBlock({ token, links, open, depth }: BlockProps<Tokens.Table>) {
  const last = token.rows.length - 1;
  return (
    <TableFrame>
      <table dir={depth === 0 ? "auto" : undefined}>
        <thead>
          <Row cells={token.header} links={links} />
        </thead>
        {token.rows.length > 0 && (
          <tbody>
            {token.rows.map((cells, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
              <Row key={index} cells={cells} links={links} open={index === last ? open : undefined} />
            ))}
          </tbody>
        )}
      </table>
    </TableFrame>
  );
}

interface RowProps {
  cells: readonly Tokens.TableCell[];
  links: Links;
  open?: Open;
}

const Row = memo(
  function Row({ cells, links, open }: RowProps) {
    const written = cells.findLastIndex((cell) => cell.text !== "");
    return (
      <tr>
        {cells.map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column
          <Cell key={index} cell={cell} links={links} open={index === written ? open : undefined} />
        ))}
      </tr>
    );
  },
  (former, next) =>
    former.open === next.open &&
    former.links === next.links &&
    former.cells.length === next.cells.length &&
    former.cells.every((cell, index) => isSame(cell, next.cells[index])),
);

const isSame = (cell: Tokens.TableCell, next: Tokens.TableCell | undefined) =>
  cell.text === next?.text && cell.align === next.align;

function Cell({ cell, links, open }: { cell: Tokens.TableCell; links: Links; open?: Open }) {
  const content = <Inline text={cell.text} links={links} open={open} />;
  const className =
    [cell.align && `md-${cell.align}`, cell.text.length > LONG && "md-long"].filter(Boolean).join(" ") ||
    undefined;
  if (!cell.header) return <td className={className}>{content}</td>;
  return (
    <th scope="col" className={className}>
      {content}
    </th>
  );
}
