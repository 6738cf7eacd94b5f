"use client";

import { WrapText } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, useMemo, useRef, useState } from "react";
import type { Open } from "./blocks";
import { CodeHead, HeadButton } from "./code-head";
import { languageOf } from "./highlight/languages";
import type { Line } from "./highlight/lines";
import { useHighlighted } from "./highlight/use-highlighted";
import { ScrollRegion } from "./scroll-region";

interface Props {
  code: string;
  /** What stands after the opening fence, as "ts". */
  info: string;
  open?: Open;
}

/** A block of code with its language, what can be done with it and, once the browser is idle, colours. */
export function CodeBlock({ code, info, open }: Props) {
  const t = useTranslations("markdown");
  const language = languageOf(info);
  const name = language?.name;
  // Formatting a message takes longer than drawing the block once more while it grows.
  const label = useMemo(() => (name ? t("codeLabel", { language: name }) : t("code")), [t, name]);
  const frame = useRef<HTMLElement>(null);
  const [wraps, setWraps] = useState(false);
  const { lines, rest } = useHighlighted(frame, code, language?.grammar, open === "mid");
  return (
    <figure className="md-code" ref={frame}>
      <CodeHead name={name ?? label} code={code} info={info}>
        <HeadButton label={t("wrap")} pressed={wraps} onClick={() => setWraps(!wraps)}>
          <WrapText aria-hidden size={14} />
        </HeadButton>
      </CodeHead>
      <ScrollRegion className={wraps ? "md-code-body md-wraps" : "md-code-body"} dir="ltr" label={label}>
        <pre>
          <code>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end
              <CodeLine key={index} line={line} />
            ))}
            {rest}
          </code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}

const CodeLine = memo(
  function CodeLine({ line }: { line: Line }) {
    return line.map(({ text, className }, index) =>
      className ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place in the line
        <span key={index} className={className}>
          {text}
        </span>
      ) : (
        text
      ),
    );
  },
  ({ line }, next) =>
    line.length === next.line.length &&
    line.every(({ text, className }, index) => {
      const other = next.line[index];
      return text === other?.text && className === other.className;
    }),
);
