import type { Message, Part } from "@/lib/messages/message";

/** The few words of ours in the file, in the person's language. */
export interface MarkdownWords {
  untitled: string;
  question: string;
  answer: string;
  picture: string;
  document: string;
  tool: string;
}

interface Branch {
  title: string;
  messages: readonly Message[];
  words: MarkdownWords;
  /** Where a picture or document stands beside the text, by its id; undefined where it does not. */
  linkOf: (id: string) => string | undefined;
}

/** One branch to read: what was said as it was written, under a heading for each message. */
export function markdownOf({ title, messages, words, linkOf }: Branch): string {
  const turns = messages.map(({ role, createdAt, parts }) => {
    const who = role === "user" ? words.question : words.answer;
    const said = parts.map((part) => partIn(part, words, linkOf)).filter((text) => text !== "");
    return [`## ${who} · ${createdAt.slice(0, 16).replace("T", " ")} UTC`, ...said].join("\n\n");
  });
  return `${[`# ${inLine(title) || words.untitled}`, ...turns].join("\n\n")}\n`;
}

function partIn(part: Part, words: MarkdownWords, linkOf: Branch["linkOf"]): string {
  switch (part.type) {
    case "text":
      return closed(part.text.trim());
    case "image": {
      const link = linkOf(part.imageId);
      const name = inLine(part.notes?.caption ?? part.name);
      return link ? `![${name}](<${link}>)` : `*${words.picture}: ${name}*`;
    }
    case "document": {
      const link = linkOf(part.documentId);
      const name = inLine(part.name);
      return link ? `*${words.document}:* [${name}](<${link}>)` : `*${words.document}: ${name}*`;
    }
    case "tool":
      return `*${words.tool}: ${inLine(part.name)}*`;
  }
}

/** A block of code that was begun, in an answer that was stopped say, would take in all that follows. */
function closed(text: string): string {
  let open = "";
  for (const line of text.split("\n")) {
    const [, fence = "", rest = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line.trimEnd()) ?? [];
    if (open === "") open = fence.startsWith("`") && rest.includes("`") ? "" : fence;
    else if (fence.startsWith(open) && rest === "") open = "";
  }
  return open === "" ? text : `${text}\n${open}`;
}

/** A name that cannot end the line, the link or the emphasis that it stands in. */
const inLine = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>#]/g, "\\$&");
