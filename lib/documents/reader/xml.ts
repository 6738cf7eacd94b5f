import { Unreadable } from "./refusal.ts";

/** What stands in an XML text, in order. `name` is without the namespace's prefix. */
export type XmlPiece =
  | { type: "open"; name: string; attributes: string; empty: boolean }
  | { type: "close"; name: string }
  | { type: "text"; text: string };

/**
 * Reads XML from front to back, in time that grows with its length alone. A document type is refused: it is the
 * only way to declare entities, be it billions of them or files of this server. Throws Unreadable.
 */
export function* xmlPieces(xml: string): Generator<XmlPiece> {
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf("<", at);
    const end = open < 0 ? xml.length : open;
    if (end > at) yield { type: "text", text: withoutEntities(xml.slice(at, end)) };
    if (open < 0) return;
    const special = specialAt(xml, open);
    if (special) {
      if (special.text) yield { type: "text", text: special.text };
      at = special.end;
      continue;
    }
    const close = endOf(xml, ">", open);
    yield tagOf(xml.slice(open + 1, close - 1));
    at = close;
  }
}

/** An attribute's value by its name without prefix; null when it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(
    attributes.slice(0, 4_000),
  );
  return found ? withoutEntities(found[1] ?? found[2] ?? "") : null;
}

/** Comments, instructions and literal text; null when a tag begins here. */
function specialAt(xml: string, open: number): { end: number; text: string } | null {
  if (xml.startsWith("<!--", open)) return { end: endOf(xml, "-->", open), text: "" };
  if (xml.startsWith("<?", open)) return { end: endOf(xml, "?>", open), text: "" };
  if (xml.startsWith("<![CDATA[", open)) {
    const end = endOf(xml, "]]>", open);
    return { end, text: xml.slice(open + 9, end - 3) };
  }
  if (xml.startsWith("<!", open)) throw new Unreadable("damaged");
  return null;
}

function endOf(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw new Unreadable("damaged");
  return at + mark.length;
}

function tagOf(inner: string): XmlPiece {
  if (inner.startsWith("/")) return { type: "close", name: localName(inner.slice(1).trim()) };
  const empty = inner.endsWith("/");
  const space = inner.search(/[\s/]/);
  const name = localName(space < 0 ? inner : inner.slice(0, space));
  return { type: "open", name, attributes: space < 0 ? "" : inner.slice(space), empty };
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const withoutEntities = (text: string): string =>
  text.includes("&")
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi,
        (_all, hex, decimal, name) =>
          name
            ? (ENTITIES[name.toLowerCase()] ?? "")
            : characterOf(hex ? Number.parseInt(hex, 16) : Number(decimal)),
      )
    : text;

const characterOf = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "");
