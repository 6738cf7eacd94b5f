import { createLowlight } from "lowlight";
import type { Grammar } from "./languages";
import { type Line, toLines } from "./lines";

type GrammarModule = { default: Parameters<ReturnType<typeof createLowlight>["register"]>[1] };

const LOADERS: Record<Grammar, () => Promise<unknown>> = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  css: () => import("highlight.js/lib/languages/css"),
  diff: () => import("highlight.js/lib/languages/diff"),
  dockerfile: () => import("highlight.js/lib/languages/dockerfile"),
  go: () => import("highlight.js/lib/languages/go"),
  graphql: () => import("highlight.js/lib/languages/graphql"),
  ini: () => import("highlight.js/lib/languages/ini"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  kotlin: () => import("highlight.js/lib/languages/kotlin"),
  latex: () => import("highlight.js/lib/languages/latex"),
  lua: () => import("highlight.js/lib/languages/lua"),
  makefile: () => import("highlight.js/lib/languages/makefile"),
  markdown: () => import("highlight.js/lib/languages/markdown"),
  nginx: () => import("highlight.js/lib/languages/nginx"),
  perl: () => import("highlight.js/lib/languages/perl"),
  php: () => import("highlight.js/lib/languages/php"),
  powershell: () => import("highlight.js/lib/languages/powershell"),
  python: () => import("highlight.js/lib/languages/python"),
  r: () => import("highlight.js/lib/languages/r"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  rust: () => import("highlight.js/lib/languages/rust"),
  scss: () => import("highlight.js/lib/languages/scss"),
  sql: () => import("highlight.js/lib/languages/sql"),
  swift: () => import("highlight.js/lib/languages/swift"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
};

/** Grammars that stand inside others: tags in JSX, scripts and styles in HTML. */
const INNER: Partial<Record<Grammar, Grammar[]>> = {
  javascript: ["xml"],
  typescript: ["xml"],
  xml: ["css", "javascript"],
  php: ["xml"],
  markdown: ["xml"],
};

const lowlight = createLowlight();
const loading = new Map<Grammar, Promise<void>>();

/** Brings a grammar and what it needs, once. Rejects when the network fails; asking again tries again. */
export async function loadGrammar(grammar: Grammar): Promise<void> {
  await Promise.all([grammar, ...(INNER[grammar] ?? [])].map(loadOne));
}

/** `code` in lines of coloured pieces; its grammar must be loaded. */
export function highlight(code: string, grammar: Grammar): Line[] {
  return toLines(lowlight.highlight(grammar, code));
}

function loadOne(grammar: Grammar): Promise<void> {
  const known = loading.get(grammar);
  if (known) return known;
  const started = LOADERS[grammar]().then(
    (module) => lowlight.register(grammar, (module as GrammarModule).default),
    (error) => {
      loading.delete(grammar);
      throw error;
    },
  );
  loading.set(grammar, started);
  return started;
}
