import { expect, test, vi } from "vitest";
import { blackingOut } from "@/lib/shares/blacking-out";
import { firstDraft } from "./draft";
import { blackOut, isBlackedOut, privateThings, showAgain, withTitle } from "./private";
import { RULES, said, threadOf } from "./testing";

const messages = [said(1, "My password: hunter22!"), said(2, "Mail ada@example.org or ada@example.org")];
const draft = { ...firstDraft(threadOf(messages), null, RULES), title: "Mail of eve@example.org" };

test("each thing is named once, and what the title alone has is named too", () => {
  expect(withTitle(privateThings(messages), draft.title)).toEqual([
    { kind: "email", value: "eve@example.org", keys: [] },
    { kind: "key", value: "hunter22!", keys: ["1.0"] },
    { kind: "email", value: "ada@example.org", keys: ["2.0", "2.1"] },
  ]);
  expect(withTitle(privateThings(messages), "Mail of ada@example.org")).toHaveLength(2);
});

test("all is blacked out by one press, the title's own at once, and shown again by another", () => {
  const things = withTitle(privateThings(messages), draft.title);
  const out = { ...draft, ...blackOut(things, draft) };
  expect(out.title).toBe("Mail of █████");
  expect(out.redactions).toEqual(["1.0", "2.0", "2.1"]);
  const left = withTitle(privateThings(messages), out.title);
  expect(left.every((thing) => isBlackedOut(thing, new Set(out.redactions)))).toBe(true);
  const [, mail] = left;
  expect(mail && { ...out, ...showAgain(mail, out) }.redactions).toEqual(["1.0"]);
});

test("what is said to be blacked out is so everywhere, also where only one of its places was chosen", () => {
  const [, mail] = privateThings(messages);
  expect(mail && isBlackedOut(mail, new Set(["2.1"]))).toBe(true);
  expect(blackingOut(messages, ["2.1"])("Mail ada@example.org or ada@example.org")).toBe(
    "Mail █████ or █████",
  );
});

test("a message is looked through once, however often it is chosen", () => {
  const message = said(1, "Mail ada@example.org");
  const { parts } = message;
  const look = vi.fn(() => parts);
  Object.defineProperty(message, "parts", { get: look });
  expect(privateThings([message])).toEqual(privateThings([message]));
  expect(look).toHaveBeenCalledOnce();
});
