"use client";

import { useEffect, useMemo, useRef } from "react";
import { NOTHING_READ, read } from "./blocks";
import { ReadingView } from "./reading-view";

interface Props {
  /** Markdown as the model wrote it, from its start. */
  text: string;
  /** More will come: half-written syntax is closed or held back. */
  streaming?: boolean;
}

/**
 * The Markdown of an answer as React elements, the same on the server, while it streams and afterwards. While it
 * grows only its last block is read and drawn again. Nothing in `text` can become HTML, a script or a request.
 */
export function Markdown({ text, streaming = false }: Props) {
  const former = useRef(NOTHING_READ);
  const reading = useMemo(() => read(former.current, text, streaming), [text, streaming]);
  useEffect(() => {
    former.current = reading;
  }, [reading]);
  return <ReadingView reading={reading} />;
}
