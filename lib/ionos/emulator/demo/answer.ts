import type { Prompt } from "../prompt.ts";
import { lastUserMessage } from "../request.ts";
import { imageAnswer } from "./image.ts";
import { type Question, questionOf } from "./question.ts";
import { connectText, counted, kindName } from "./words.ts";

/**
 * The demo's answer in Markdown: that no model is connected, what was received, how to connect one. It is
 * in the language of the question and never answers it, since there is nobody who knows.
 */
export function demoAnswer(prompt: Prompt): string {
  const question = questionOf(prompt);
  const user = lastUserMessage(prompt.request);
  const images = (user && prompt.images.get(user)) ?? [];
  if (images.length > 0) return imageAnswer(question, images);
  return [opening(question), received(question), connectText(question.language, question.turn)].join("\n\n");
}

function opening({ language, kind, turn }: Question): string {
  const name = kindName(language, kind);
  if (language === "de") {
    return turn === 1
      ? `**Es ist kein Modell verbunden.** Dies ist die Demo: Diese Zeilen schreibt ein kleiner Emulator auf diesem Server. Er erkennt hier ${name}, kann sie aber nicht beantworten und erfindet auch nichts.`
      : `**Weiterhin Demo, kein Modell verbunden.** Angekommen ist ${name}; beantworten kann sie hier niemand.`;
  }
  return turn === 1
    ? `**No model is connected.** This is the demo: a small emulator on this server writes these lines. It takes yours for ${name}, but it cannot answer it, and it makes nothing up.`
    : `**Still the demo, no model is connected.** What arrived is ${name}; there is nobody here to answer it.`;
}

/** The same facts as a table, as code or as a list, by what was asked for, else in turns. */
function received(question: Question): string {
  const { kind, turn } = question;
  if (kind === "table" || (kind !== "code" && kind !== "list" && turn % 3 === 2)) return asTable(question);
  if (kind === "code" || (kind !== "list" && turn % 3 === 0)) return asCode(question);
  return asList(question);
}

function asList(question: Question): string {
  const rows = facts(question).map(([name, value]) => `- ${name}: **${value}**`);
  return `${intro(question)}\n\n${rows.join("\n")}`;
}

function asTable(question: Question): string {
  const head = question.language === "de" ? "| Empfangen | Wert |" : "| Received | Value |";
  const rows = facts(question).map(([name, value]) => `| ${name} | ${value} |`);
  return `${intro(question)}\n\n${head}\n| :--- | ---: |\n${rows.join("\n")}`;
}

function asCode(question: Question): string {
  const { kind, words, messages, images, inputTokens } = question;
  const value = { kind, words, messages, images, inputTokens };
  return `${intro(question)}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

function intro({ language }: Question): string {
  return language === "de" ? "Das ist wirklich angekommen:" : "This is what really arrived:";
}

function facts({ language, ...question }: Question): [string, string][] {
  const number = (value: number) => value.toLocaleString(language);
  const { words, messages, images, documents, inputTokens } = question;
  if (language === "de") {
    return [
      ["Ihre letzte Nachricht", counted(language, words, "Wort", "Wörter")],
      ["Gespräch", counted(language, messages, "Nachricht", "Nachrichten")],
      ["Bilder darin", number(images)],
      ...(documents > 0 ? [["Dokumente darin", number(documents)] as [string, string]] : []),
      ["Eingabe mit Anweisungen", `${number(inputTokens)} Tokens`],
    ];
  }
  return [
    ["Your latest message", counted(language, words, "word", "words")],
    ["Conversation", counted(language, messages, "message", "messages")],
    ["Pictures in it", number(images)],
    ...(documents > 0 ? [["Documents in it", number(documents)] as [string, string]] : []),
    ["Input with instructions", `${number(inputTokens)} tokens`],
  ];
}
