"use client";

import { useTranslations } from "next-intl";
import { memo, type RefObject, useContext, useEffect, useRef, useState } from "react";
import { AtOnceContext } from "./at-once";
import { whenIdle, whenNear } from "./highlight/when";
import type { Formula } from "./math";

/** A formula: as it is written, and typeset once it is near the screen and the browser has a moment. */
export const FormulaView = memo(
  function FormulaView({ formula: { raw, tex, display } }: { formula: Formula }) {
    const t = useTranslations("markdown");
    const frame = useRef<HTMLSpanElement>(null);
    const typeset = useTypeset(frame, tex, display);
    const atOnce = useContext(AtOnceContext)?.typeset({ tex, display });
    const content = (
      <span ref={frame} dir="ltr" className="md-formula">
        {atOnce ?? (typeset ? <span ref={(place) => place?.replaceChildren(typeset)} /> : <code>{raw}</code>)}
      </span>
    );
    if (!display) return content;
    return (
      // A span, because it may stand in the middle of a paragraph.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      // biome-ignore lint/a11y/useSemanticElements: a paragraph cannot hold a section
      <span className="md-display" role="region" aria-label={t("formula")} tabIndex={0}>
        {content}
      </span>
    );
  },
  (former, next) => former.formula.raw === next.formula.raw && former.formula.tex === next.formula.tex,
);

/** The formula as KaTeX sets it; null before, and where it is no valid one. */
function useTypeset(frame: RefObject<HTMLElement | null>, tex: string, display: boolean): HTMLElement | null {
  const [typeset, setTypeset] = useState<{ tex: string; node: HTMLElement } | null>(null);
  useEffect(() => {
    if (!tex || !frame.current) return;
    let wanted = true;
    let cancel = whenNear(frame.current, () => {
      cancel = whenIdle(async () => {
        // Without the network it stays as it is written.
        const katex = await import("./katex").catch(() => null);
        const node = wanted && katex?.typeset(tex, display);
        if (node) setTypeset({ tex, node });
      }, 0);
    });
    return () => {
      wanted = false;
      cancel();
    };
  }, [frame, tex, display]);
  return typeset?.tex === tex ? typeset.node : null;
}
