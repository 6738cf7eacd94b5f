import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Head } from "next/document";
import type { ComponentProps, JSX } from "react";

type DocumentFiles = Parameters<Head["getCssLinks"]>[0];

/** A sheet's text as it is built, its addresses as they are from a page; null where there is no such file, as in development. */
const sheets = new Map<string, string | null>();

/**
 * The head of a page that most people open once: its styles stand in it, because fetching them takes as long again as
 * fetching the page, and nothing is painted before. What only some pages have (formulas) stays a file.
 */
export class HeadWithStyles extends Head {
  override getCssLinks(files: DocumentFiles): JSX.Element[] | null {
    const links = super.getCssLinks(files) ?? [];
    const always = new Set(files.sharedFiles.filter((file) => file.endsWith(".css")));
    const inlined = [...always].flatMap((file) => {
      const css = sheetOf(file);
      return css === null ? [] : [{ file, css }];
    });
    const addresses = inlined.map(({ file }) => `/_next/${file}`);
    const left = links.filter(
      ({ props }) => !addresses.includes((props as ComponentProps<"link">).href ?? ""),
    );
    const { nonce } = this.props;
    return [
      ...inlined.flatMap(({ css }) => fontIn(css)),
      ...inlined.map(({ file, css }) => (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: a built file of ours
        <style key={file} nonce={nonce} dangerouslySetInnerHTML={{ __html: css }} />
      )),
      ...left,
    ];
  }
}

function sheetOf(file: string): string | null {
  let css = sheets.get(file);
  if (css === undefined) {
    css = read(file);
    sheets.set(file, css);
  }
  return css;
}

function read(file: string): string | null {
  try {
    const path = join(/* turbopackIgnore: true */ process.cwd(), ".next", file);
    const css = readFileSync(path, "utf8").replaceAll("url(../media/", "url(/_next/static/media/");
    // It stands in a page: nothing in it may end the element.
    return css.includes("</") || /url\((?!\/_next\/static\/media\/|"?data:)/.test(css) ? null : css;
  } catch {
    return null;
  }
}

/** The one font that every page has; it is asked for before the page is read. */
function fontIn(css: string): JSX.Element[] {
  const [href] = /\/_next\/static\/media\/instrument-sans-latin-wght[^)"]*\.woff2/.exec(css) ?? [];
  return href
    ? [<link key="font" rel="preload" href={href} as="font" type="font/woff2" crossOrigin="anonymous" />]
    : [];
}
