import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type AtOnce, AtOnceContext } from "@/components/message/markdown/at-once";
import { type Colouring, colourNext, UNCOLOURED } from "@/components/message/markdown/highlight/colouring";
import { highlight, loadGrammar } from "@/components/message/markdown/highlight/highlighter";
import { type Grammar, languageOf } from "@/components/message/markdown/highlight/languages";
import type { Opened } from "@/lib/shares/viewing";
import { type Formulas, formulaKey, formulasOf } from "./formulas";

/** Coloured in one page, in characters: some 60 ms. What follows is plain. */
const MOST_CODE = 30_000;

const FENCE = /^ {0,3}(?:[*+>-] *|\d+[.)] +)*(?:`{3,}|~{3,})([^`\n]*)/gm;

/** The grammars that have come. */
const ready = new Set<Grammar>();

/** Brings what the colours of a page need and sets its formulas; before it is drawn, because drawing cannot wait. */
export async function prepareDrawn(opened: Opened | null): Promise<Formulas> {
  const texts = writtenIn(opened);
  const infos = texts.flatMap((text) => [...text.matchAll(FENCE)].map(([, info = ""]) => info));
  const grammars = new Set(infos.flatMap((info) => languageOf(info)?.grammar ?? []));
  await Promise.all([...grammars].map(loadGrammar));
  for (const grammar of grammars) ready.add(grammar);
  return formulasOf(texts);
}

/** What the model wrote; nothing else is read as Markdown. */
function writtenIn(opened: Opened | null): string[] {
  if (opened?.state !== "open") return [];
  return opened.share.snapshot.messages.flatMap(({ role, parts }) =>
    parts.flatMap((part) => (role === "assistant" && part.type === "text" ? [part.text] : [])),
  );
}

/** The styles of formulas weigh 100 KB with their fonts: they come with a page that has one. */
const FormulaSheet = dynamic(() => import("./formula-sheet").then(({ FormulaSheet }) => FormulaSheet));

/** Code with its colours and formulas set, for a page that no script comes to. */
export function Drawn({ formulas, children }: { formulas: Formulas; children: ReactNode }) {
  const t = useTranslations("sharePage");
  return (
    <AtOnceContext.Provider value={onServer(formulas, t("diagram"))}>
      {Object.keys(formulas).length > 0 && <FormulaSheet />}
      {children}
    </AtOnceContext.Provider>
  );
}

function onServer(formulas: Formulas, diagramNote: string): AtOnce {
  let left = MOST_CODE;
  return {
    diagramNote,
    colour(code, grammar) {
      left -= code.length;
      return left >= 0 && ready.has(grammar) ? coloured(code, grammar) : UNCOLOURED;
    },
    typeset(formula) {
      const html = formulas[formulaKey(formula)];
      // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own, without trust
      return html ? <span dangerouslySetInnerHTML={{ __html: html }} /> : null;
    },
  };
}

function coloured(code: string, grammar: Grammar): Colouring {
  let done = UNCOLOURED;
  while (done.code !== code) done = colourNext(done, code, (stretch) => highlight(stretch, grammar));
  return done;
}
