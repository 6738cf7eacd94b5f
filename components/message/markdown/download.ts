import { type Grammar, languageOf } from "./highlight/languages";

/** Where the name of a grammar is no ending of a file. */
const ENDINGS: Partial<Record<Grammar, string>> = {
  bash: "sh",
  csharp: "cs",
  graphql: "graphql",
  javascript: "js",
  kotlin: "kt",
  latex: "tex",
  makefile: "mk",
  markdown: "md",
  nginx: "conf",
  perl: "pl",
  powershell: "ps1",
  python: "py",
  ruby: "rb",
  rust: "rs",
  typescript: "ts",
};

/** The name of the file for a block with this info string: `code.py`, `diagram.mmd`, `code.txt`. */
export function fileName(info: string): string {
  const word = /^\w{1,10}/.exec(info.trim())?.[0].toLowerCase() ?? "";
  if (word === "mermaid") return "diagram.mmd";
  const grammar = languageOf(info)?.grammar;
  // A web page or a picture that a model wrote opens in the browser at a double click; as text it is read first.
  if (!grammar || grammar === "xml") return "code.txt";
  return `code.${ENDINGS[grammar] ?? grammar}`;
}

/** Saves the code as a file. */
export function download(code: string, info: string): void {
  const address = URL.createObjectURL(new Blob([code], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName(info);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
