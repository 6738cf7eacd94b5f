import { expect, test } from "vitest";
import { blackingOut, blackingOutValues } from "./blacking-out";
import { findingsIn } from "./private-looking";

const said = (ordinal: number, text: string) => ({ ordinal, parts: [{ type: "text" as const, text }] });

test("what is blacked out is gone, whatever its length, and the rest stays", () => {
  const text = "a@example.org, b@example.org and long.name@example.org";
  const message = said(3, text);
  const [first, , third] = findingsIn(message).map(({ key }) => key);
  expect(blackingOut([message], [first ?? "", third ?? ""])(text)).toBe("█████, b@example.org and █████");
});

test("a password that is blacked out is gone where it is repeated without a word that gives it away", () => {
  const question = said(1, "My password: hunter22! Is it good?");
  const answer = said(2, "No: **hunter22!** is short, and (hunter22!) is known.");
  expect(findingsIn(answer)).toEqual([]);
  const blackedOut = blackingOut([question, answer], ["1.0"]);
  expect(blackedOut("My password: hunter22! Is it good?")).toBe("My password: █████ Is it good?");
  expect(blackedOut("No: **hunter22!** is short, and (hunter22!) is known.")).toBe(
    "No: **█████** is short, and (█████) is known.",
  );
});

test("a password is gone where it is repeated without what stood around it in its sentence", () => {
  const question = said(1, "My password: hunter22, the old one (token: seagull9). Secret key: (mussel77)");
  const keys = findingsIn(question).map(({ key }) => key);
  const blackedOut = blackingOut([question], keys);
  expect(blackedOut("hunter22, seagull9 and mussel77 are short.")).toBe("█████ █████ and █████ are short.");
});

test("a password that is an ordinary word is gone where it stands by itself, and stays within others", () => {
  const blackedOut = blackingOutValues(["dragon", "secret12"]);
  expect(blackedOut('dragon? A dragonfly, "dragon"; notsecret12.')).toBe(
    '█████? A dragonfly, "█████"; not█████.',
  );
});

test("what lies over, within or beside another goes with it, under one mark", () => {
  expect(blackingOutValues(["abc123", "123def", "c1"])("x abc123def y")).toBe("x █████ y");
  expect(blackingOutValues(["ab12", "cd34"])("ab12cd34")).toBe("█████");
  expect(blackingOutValues(["a1", "a1b2", "a1b2c3"])("a1b2c4 a1b2c3 a1c3")).toBe("█████c4 █████ █████c3");
});

test("69 however many things are blacked out, and however alike, nobody is held up", () => {
  const alike = Array.from({ length: 20_000 }, (_, index) => `${"aA1".repeat(50)}${index}`);
  const texts = ["aA1", "a@b.co ", `${"aA1".repeat(50)} `].map((piece) =>
    piece.repeat(400_000 / piece.length),
  );
  const before = performance.now();
  const shown = texts.map(blackingOutValues([...alike, "a@b.co"]));
  // Each of these compared with each place would be many billions.
  expect(performance.now() - before).toBeLessThan(10_000);
  expect(shown[1]).toBe("█████ ".repeat(400_000 / 7));
});
