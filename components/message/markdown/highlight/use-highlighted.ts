import { type RefObject, startTransition, useContext, useEffect, useRef, useState } from "react";
import { AtOnceContext } from "../at-once";
import { type Colouring, colourNext, UNCOLOURED } from "./colouring";
import type { Grammar } from "./languages";
import type { Line } from "./lines";
import { whenIdle, whenNear } from "./when";

/** What follows in a longer block stays without colours: each of them is an element of the page. */
const LARGEST = 30_000;
/** Between two times that the end of a growing block is coloured, in milliseconds. */
const PAUSE_MS = 600;
/** The pause is at least this many times what the last one took: colours cost at most a twentieth of the time. */
const SHARE = 20;

/**
 * `code` as coloured lines and the rest that has no colours yet. Nothing is loaded or coloured before the block
 * comes near the screen. The colours of a line that is still `growing` wait.
 */
export function useHighlighted(
  frame: RefObject<HTMLElement | null>,
  code: string,
  grammar: Grammar | undefined,
  growing: boolean,
): { lines: readonly Line[]; rest: string } {
  const [coloured, setColoured] = useState(UNCOLOURED);
  const painter = useRef<Painter>(undefined);
  const latest = useRef("");
  const whole = (growing ? code.slice(0, code.lastIndexOf("\n") + 1) : code).slice(0, LARGEST);

  useEffect(() => {
    if (!grammar || !frame.current) return;
    const started = paint(frame.current, grammar, (next) => startTransition(() => setColoured(next)));
    painter.current = started;
    started.wants(latest.current);
    return () => {
      started.stop();
      setColoured(UNCOLOURED);
    };
  }, [frame, grammar]);

  useEffect(() => {
    latest.current = whole;
    painter.current?.wants(whole);
  }, [whole]);

  const atOnce = useContext(AtOnceContext);
  const shown = atOnce && grammar ? atOnce.colour(whole, grammar) : coloured;
  if (!code.startsWith(shown.code)) return { lines: UNCOLOURED.lines, rest: code };
  return { lines: shown.lines, rest: code.slice(shown.code.length) };
}

interface Painter {
  wants(code: string): void;
  stop(): void;
}

/** Colours the newest code it was told, step by step, each in an idle moment of its own. */
function paint(frame: HTMLElement, grammar: Grammar, show: (coloured: Colouring) => void): Painter {
  let wanted = "";
  let done = UNCOLOURED;
  let isNear = false;
  let notBefore = 0;
  let cancel: (() => void) | undefined;
  let stopped = false;

  const leave = whenNear(frame, () => {
    isNear = true;
    plan();
  });

  function plan(): void {
    if (cancel || stopped || !isNear || wanted === done.code) return;
    cancel = whenIdle(work, notBefore - performance.now());
  }

  async function work(): Promise<void> {
    const highlighter = await ready(grammar);
    cancel = undefined;
    // Without the network the code stays plain until more of it comes.
    if (stopped || !highlighter) return;
    const start = performance.now();
    const former = wanted.startsWith(done.code) ? done : UNCOLOURED;
    done = colourNext(former, wanted, (code) => highlighter.highlight(code, grammar));
    const end = performance.now();
    // A long block goes on at once, a growing one waits for more.
    notBefore = done.code === wanted ? end + Math.max(PAUSE_MS, SHARE * (end - start)) : end;
    show(done);
    plan();
  }

  return {
    wants(code) {
      wanted = code;
      plan();
    },
    stop() {
      stopped = true;
      leave();
      cancel?.();
    },
  };
}

async function ready(grammar: Grammar) {
  try {
    const highlighter = await import("./highlighter");
    await highlighter.loadGrammar(grammar);
    return highlighter;
  } catch {
    return undefined;
  }
}
