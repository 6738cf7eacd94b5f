import type { createLowlight } from "lowlight";

type Root = ReturnType<ReturnType<typeof createLowlight>["highlight"]>;
type Node = Root["children"][number];

/** A stretch of code of one colour. */
export interface Piece {
  text: string;
  className?: string;
}
/** Pieces of one line; the last ends with the line end. */
export type Line = readonly Piece[];

/** The tree of a highlighter as lines, so that only new lines are drawn. Of nested classes the inner one counts. */
export function toLines(root: Root): Line[] {
  const lines: Piece[][] = [[]];
  for (const piece of piecesOf(root.children, undefined)) {
    for (const text of piece.text.split(/(?<=\n)/)) {
      lines.at(-1)?.push({ ...piece, text });
      if (text.endsWith("\n")) lines.push([]);
    }
  }
  return lines.filter((line) => line.length > 0);
}

function* piecesOf(nodes: readonly Node[], className: string | undefined): Generator<Piece> {
  for (const node of nodes) {
    if (node.type === "text") yield { text: node.value, className };
    else if (node.type === "element") yield* piecesOf(node.children, classOf(node) ?? className);
  }
}

function classOf(element: Node & { type: "element" }): string | undefined {
  const names = element.properties.className;
  return Array.isArray(names) ? names.join(" ") : undefined;
}
