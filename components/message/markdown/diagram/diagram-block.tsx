"use client";

import { Code, Waypoints } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useContext, useEffect, useRef, useState } from "react";
import { AtOnceContext } from "../at-once";
import { CodeHead, HeadButton } from "../code-head";
import { whenNear } from "../highlight/when";
import { ScrollRegion } from "../scroll-region";
import type { Drawing } from "./drawing";
import { useDark } from "./use-dark";

/** A diagram in Mermaid's language: its source until it is drawn, and where it cannot be. */
export function DiagramBlock({ code }: { code: string }) {
  const t = useTranslations("markdown");
  const frame = useRef<HTMLElement>(null);
  const drawn = useDrawing(frame, code);
  const atOnce = useContext(AtOnceContext);
  const [asSource, setAsSource] = useState(false);
  const drawing = typeof drawn === "object" && !asSource ? drawn : null;
  const label = t("diagram");
  return (
    <figure className="md-code" ref={frame}>
      <CodeHead name={label} code={code} info="mermaid">
        {typeof drawn === "object" && (
          <HeadButton
            label={t(asSource ? "showDiagram" : "showSource")}
            onClick={() => setAsSource(!asSource)}
          >
            {asSource ? <Waypoints aria-hidden size={14} /> : <Code aria-hidden size={14} />}
          </HeadButton>
        )}
      </CodeHead>
      {(atOnce || drawn === "failed") && (
        <p role="note" className="md-diagram-note">
          {atOnce?.diagramNote ?? t("diagramFailed")}
        </p>
      )}
      <ScrollRegion className="md-code-body" dir="ltr" label={label}>
        {drawing ? (
          // biome-ignore lint/performance/noImgElement: nothing to be optimised in a data: address
          <img
            className="md-diagram"
            src={drawing.address}
            width={drawing.width}
            height={drawing.height}
            alt={t("diagramAlt")}
          />
        ) : (
          <pre>
            <code>{code}</code>
          </pre>
        )}
      </ScrollRegion>
    </figure>
  );
}

/** Undefined until it is known: nothing is loaded or drawn before the block comes near the screen. */
function useDrawing(frame: RefObject<HTMLElement | null>, code: string): Drawing | "failed" | undefined {
  const [drawn, setDrawn] = useState<{ code: string; drawing: Drawing | "failed" }>();
  const dark = useDark();
  useEffect(() => {
    if (!frame.current) return;
    let wanted = true;
    const leave = whenNear(frame.current, async () => {
      const drawing = await import("./drawing").then(({ draw }) => draw(code, dark)).catch(() => null);
      if (wanted) setDrawn({ code, drawing: drawing ?? "failed" });
    });
    return () => {
      wanted = false;
      leave();
    };
  }, [frame, code, dark]);
  return drawn?.code === code ? drawn.drawing : undefined;
}
