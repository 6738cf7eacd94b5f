import type { Language } from "./language.ts";
import type { Kind } from "./question.ts";

/*
 * The demo's own words. They stand here and not in the interface's message catalogues because they are what
 * a model would have said: they arrive over the provider's API and are stored as an answer.
 */

const KINDS: Record<Language, Record<Kind, string>> = {
  en: {
    greeting: "a greeting",
    code: "a request about code",
    table: "a request for a table",
    list: "a request for a list",
    translation: "a request to translate",
    summary: "a request for a summary",
    writing: "a request to write something",
    question: "a question",
    message: "a message without a question mark",
  },
  de: {
    greeting: "eine Begrüßung",
    code: "eine Bitte um Code",
    table: "eine Bitte um eine Tabelle",
    list: "eine Bitte um eine Liste",
    translation: "eine Bitte um eine Übersetzung",
    summary: "eine Bitte um eine Zusammenfassung",
    writing: "eine Bitte, etwas zu schreiben",
    question: "eine Frage",
    message: "eine Nachricht ohne Fragezeichen",
  },
};

export function kindName(language: Language, kind: Kind): string {
  return KINDS[language][kind];
}

/** `3 words`, `1 Wort`, in the grammar and digits of the language. */
export function counted(language: Language, count: number, one: string, many: string): string {
  return `${count.toLocaleString(language)} ${count === 1 ? one : many}`;
}

/** How to get a real model; short from the second turn on. */
export function connectText(language: Language, turn: number): string {
  if (turn > 1) return language === "de" ? SHORT_DE : SHORT_EN;
  return language === "de" ? LONG_DE : LONG_EN;
}

const SHORT_EN =
  "As soon as `IONOS_API_TOKEN` is set in the server's environment and the server has been started again, Mistral Small answers in this place.";
const SHORT_DE =
  "Sobald `IONOS_API_TOKEN` in der Umgebung des Servers gesetzt und der Server neu gestartet ist, antwortet an dieser Stelle Mistral Small.";

const LONG_EN = `To get real answers from Mistral Small on the IONOS AI Model Hub, put a token into the server's environment and start it again:

\`\`\`sh
export IONOS_API_TOKEN="your token"
npm start
\`\`\`

Tokens are made in the IONOS Data Center Designer under *Management, Token Manager*.`;

const LONG_DE = `Für echte Antworten von Mistral Small aus dem IONOS AI Model Hub setzen Sie einen Token in der Umgebung des Servers und starten ihn neu:

\`\`\`sh
export IONOS_API_TOKEN="Ihr Token"
npm start
\`\`\`

Einen Token erstellen Sie im IONOS Data Center Designer unter *Management, Token Manager*.`;
