import { expect, test } from "vitest";
import type { Message } from "@/lib/messages/message";
import { markdownOf } from "./markdown";
import { endingOf, fileName } from "./names";
import { WORDS } from "./testing/words";

const message = (role: Message["role"], parts: Message["parts"]): Message => ({
  id: "m",
  parentId: null,
  role,
  parts,
  status: "complete",
  failure: null,
  ordinal: 1,
  createdAt: "2026-11-24T04:10:45.000Z",
  generationId: null,
  usage: null,
});
const IMAGE = {
  type: "image",
  imageId: "i",
  name: "a](x) *b*\n# c.jpg",
  width: 1,
  height: 1,
  tokens: 1,
} as const;

test("a branch is read from top to bottom, and what was said stands as it was written", () => {
  const text = markdownOf({
    title: "A # title\nof two lines",
    messages: [
      message("user", [IMAGE, { type: "text", text: "What is it?" }]),
      message("assistant", [{ type: "text", text: "- a **boat**\n" }]),
    ],
    words: WORDS,
    linkOf: () => "../pictures/a.jpg",
  });
  expect(text).toBe(
    [
      "# A \\# title of two lines",
      "## You · 2026-11-24 04:10 UTC",
      "![a\\](x) \\*b\\* \\# c.jpg](<../pictures/a.jpg>)",
      "What is it?",
      "## AI · 2026-11-24 04:10 UTC",
      "- a **boat**\n",
    ].join("\n\n"),
  );
});

test.each([
  ["```ts\nconst a = 1;", "```ts\nconst a = 1;\n```"],
  ["~~~~\n~~~\n```", "~~~~\n~~~\n```\n~~~~"],
  ["```\na\n```", "```\na\n```"],
  ["```\na\n``` b", "```\na\n``` b\n```"],
  ["a ``` b\n``` `x` ```", "a ``` b\n``` `x` ```"],
])("code that was begun ends with its message: %j", (said, text) => {
  const messages = [
    message("assistant", [{ type: "text", text: said }]),
    message("user", [{ type: "text", text: "Thanks" }]),
  ];
  const written = markdownOf({ title: "t", messages, words: WORDS, linkOf: () => undefined });
  expect(written).toContain(`UTC\n\n${text}\n\n## You`);
});

test("what has no file is named", () => {
  const text = markdownOf({
    title: "",
    messages: [message("user", [IMAGE])],
    words: WORDS,
    linkOf: () => undefined,
  });
  expect(text).toContain("# Untitled\n");
  expect(text).toContain("*Picture: a\\](x)");
});

test.each([
  ["harbour.jpg", "jpg", "harbour 1a2b3c4d5e6f.jpg"],
  ["../../etc/passwd", "txt", "____etc_passwd 1a2b3c4d5e6f.txt"],
  [".", "txt", "1a2b3c4d5e6f.txt"],
  ["C:\\x\\a<b>:c?.", "txt", "C__x_a_b__c_ 1a2b3c4d5e6f.txt"],
  ["TCP/IP, version 2.0", "md", "TCP_IP, version 2.0 1a2b3c4d5e6f.md"],
  ["\u202egpj.exe", "jpg", "gpj 1a2b3c4d5e6f.jpg"],
  ["⛵".repeat(200), "md", `${"⛵".repeat(60)} 1a2b3c4d5e6f.md`],
])("the name %s makes a harmless file", (name, ending, file) => {
  expect(fileName(name, "00000000-0000-4000-8000-1a2b3c4d5e6f", ending)).toBe(file);
});

test("a file ends by what it is", () => {
  expect(endingOf("image/jpeg", "x.exe")).toBe("jpg");
  expect(endingOf("text/plain", "x.exe")).toBe("txt");
  expect(endingOf("text/plain", "x.MD")).toBe("md");
  expect(fileName("", "", "md")).toBe("file.md");
  expect(fileName("Con", "", "md")).toBe("_Con.md");
});
