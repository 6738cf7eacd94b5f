import { expect, test } from "vitest";
import type { Message, Part } from "@/lib/messages/message";
import { blackingOut } from "./blacking-out";
import { findingsIn } from "./private-looking";
import type { ShareChoices } from "./share";
import { chosenOf, picturesOf, snapshotOf } from "./snapshot";

const CHOICES: ShareChoices = { messages: [1, 2], pictures: [], redactions: [], name: false, dates: false };
const AT = "2026-11-23T10:00:00.000Z";
const picture = (imageId: string): Part => {
  return { type: "image", imageId, name: "passport.jpg", width: 40, height: 30, tokens: 6 };
};

/** A message with everything in it that one has, and more than one has today. */
function message(ordinal: number, parts: Part[], more: Partial<Message> = {}): Message {
  return {
    id: `id-of-${ordinal}`,
    parentId: null,
    role: ordinal % 2 ? "user" : "assistant",
    parts,
    status: "complete",
    failure: null,
    ordinal,
    createdAt: AT,
    generationId: "id-of-a-generation",
    usage: null,
    ...({ system: "SECRET instructions", ownerId: "SECRET owner" } as object),
    ...more,
  } as Message;
}

const blackedOut = (text: string) => text;
const text = (said: string): Part => ({ type: "text", text: said });
const alien = { type: "tool", input: "SECRET input", output: "SECRET output" } as unknown as Part;

test("56 a snapshot holds what was chosen, by name, and nothing else", () => {
  const branch = [
    message(1, [picture("SECRET-1"), picture("SECRET-2"), text("Look")]),
    message(2, [alien, text("A boat")]),
    message(3, [text("SECRET question")]),
  ];
  const choices = { ...CHOICES, pictures: ["1.1"] };
  const chosen = chosenOf(branch, choices) ?? [];
  const pictures = picturesOf(chosen, choices) ?? [];
  const copies = new Map(pictures.map(({ key }) => [key, "own-copy"]));
  expect(pictures.map(({ imageId }) => imageId)).toEqual(["SECRET-2"]);
  expect(snapshotOf(chosen, choices, { by: "SECRET name", copies, blackedOut })).toEqual({
    by: null,
    messages: [
      {
        role: "user",
        parts: [
          { type: "image", id: "own-copy", width: 40, height: 30 },
          { type: "text", text: "Look" },
        ],
        at: null,
      },
      { role: "assistant", parts: [{ type: "text", text: "A boat" }], at: null },
    ],
  });
});

test("56 of a document its name is shown and nothing else", () => {
  const document = {
    type: "document",
    documentId: "SECRET",
    name: "Plan.pdf",
    contentType: "application/pdf",
    pages: 9,
    firstPage: 1,
    lastPage: 9,
    tokens: 4,
  } as Part;
  const snapshot = snapshotOf([message(1, [document])], CHOICES, { by: "", copies: new Map(), blackedOut });
  expect(snapshot.messages[0]?.parts).toEqual([{ type: "document", name: "Plan.pdf" }]);
});

test("name and dates are in it only by choice", () => {
  const choices = { ...CHOICES, messages: [1], name: true, dates: true };
  expect(
    snapshotOf([message(1, [text("Hello")])], choices, { by: "Ada", copies: new Map(), blackedOut }),
  ).toEqual({
    by: "Ada",
    messages: [{ role: "user", parts: [{ type: "text", text: "Hello" }], at: AT }],
  });
});

test("what is blacked out is nowhere in it", () => {
  const document = { type: "document", documentId: "SECRET", name: "To ada@example.org.txt" } as Part;
  const chosen = [
    message(1, [text("I am ada@example.org, call +49 30 901820. My password: hunter22!")]),
    message(2, [document, text("ada@example.org, never write hunter22! to anybody.")]),
  ];
  const choices = { ...CHOICES, redactions: ["1.0", "1.2"] };
  expect(findingsIn(chosen[0] as Message).map(({ value }) => value)).toEqual([
    "ada@example.org",
    "+49 30 901820",
    "hunter22!",
  ]);
  const around = { by: "", copies: new Map(), blackedOut: blackingOut(chosen, choices.redactions) };
  const snapshot = JSON.stringify(snapshotOf(chosen, choices, around));
  expect(snapshot).not.toMatch(/ada@example|hunter22/);
  expect(snapshot).toContain("+49 30 901820");
});

test("a document's name is looked through and blacked out as well; what was chosen before means the same", () => {
  const document = {
    type: "document",
    documentId: "SECRET",
    name: "Offer for ada@example.org, signed.txt",
  } as Part;
  const chosen = message(1, [document, text("Call +49 30 901820")]);
  expect(findingsIn(chosen).map(({ key, kind }) => `${key} ${kind}`)).toEqual(["1.0 phone", "1.1 email"]);
  const choices = { ...CHOICES, messages: [1], redactions: ["1.1"] };
  const around = { by: "", copies: new Map(), blackedOut: blackingOut([chosen], choices.redactions) };
  expect(snapshotOf([chosen], choices, around).messages[0]?.parts).toEqual([
    { type: "document", name: "Offer for █████, signed.txt" },
    { type: "text", text: "Call +49 30 901820" },
  ]);
});

test.each([
  ["of another branch", [1, 9]],
  ["that is still written", [1, 4]],
  ["without anything in it", [5]],
  ["none at all", []],
])("a message %s cannot be chosen", (_which, messages) => {
  const branch = [
    message(1, [text("Hello")]),
    message(4, [text("Half")], { status: "running" }),
    message(5, [], { status: "failed" }),
  ];
  expect(chosenOf(branch, { ...CHOICES, messages })).toBeNull();
});

test("a picture of a message that is not chosen cannot be", () => {
  const chosen = [message(1, [text("Hello")])];
  expect(picturesOf(chosen, { ...CHOICES, pictures: ["3.0"] })).toBeNull();
  expect(picturesOf(chosen, { ...CHOICES, pictures: ["1.0"] })).toBeNull();
});
