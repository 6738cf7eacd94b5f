/** Name of a grammar of highlight.js, its display name, and what else models call it. */
const LANGUAGES = [
  ["bash", "Shell", "sh shell zsh console shellsession terminal"],
  ["c", "C", "h"],
  ["cpp", "C++", "c++ cc cxx hpp"],
  ["csharp", "C#", "cs c#"],
  ["css", "CSS", ""],
  ["diff", "Diff", "patch"],
  ["dockerfile", "Dockerfile", "docker"],
  ["go", "Go", "golang"],
  ["graphql", "GraphQL", "gql"],
  ["ini", "INI", "toml conf properties"],
  ["java", "Java", ""],
  ["javascript", "JavaScript", "js jsx mjs cjs node"],
  ["json", "JSON", "jsonc json5 jsonl"],
  ["kotlin", "Kotlin", "kt kts"],
  ["latex", "LaTeX", "tex"],
  ["lua", "Lua", ""],
  ["makefile", "Makefile", "make mk"],
  ["markdown", "Markdown", "md mdx"],
  ["nginx", "nginx", ""],
  ["perl", "Perl", "pl"],
  ["php", "PHP", ""],
  ["powershell", "PowerShell", "ps1 pwsh ps"],
  ["python", "Python", "py python3 py3"],
  ["r", "R", ""],
  ["ruby", "Ruby", "rb"],
  ["rust", "Rust", "rs"],
  ["scss", "SCSS", "sass less"],
  ["sql", "SQL", "postgresql postgres mysql sqlite plsql"],
  ["swift", "Swift", ""],
  ["typescript", "TypeScript", "ts tsx mts cts"],
  ["xml", "XML", "svg xhtml rss"],
  ["yaml", "YAML", "yml"],
] as const;

export type Grammar = (typeof LANGUAGES)[number][0];

export interface Language {
  name: string;
  /** Undefined: shown without colours. */
  grammar?: Grammar;
}

/** Longest name of an unknown language that is shown. */
const LONGEST_NAME = 24;

const BY_NAME = new Map<string, Language>();
for (const [grammar, name, others] of LANGUAGES) {
  for (const one of [grammar, ...others.split(" ")]) BY_NAME.set(one, { name, grammar });
}
for (const one of ["html", "vue", "svelte", "htm"]) BY_NAME.set(one, { name: "HTML", grammar: "xml" });
BY_NAME.set("toml", { name: "TOML", grammar: "ini" });
BY_NAME.delete("");

/** The language in a fence's info string: its first word. Undefined where there is none or it says plain text. */
export function languageOf(info: string): Language | undefined {
  const word = /^[^\s{:,]*/.exec(info.trim())?.[0].toLowerCase() ?? "";
  if (["", "text", "txt", "plain", "plaintext"].includes(word)) return undefined;
  return BY_NAME.get(word) ?? { name: word.slice(0, LONGEST_NAME) };
}
