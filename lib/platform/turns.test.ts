import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurns } from "./turns";

test("one begins in each turn of the event loop, the first at once, all in order", async () => {
  const begun: number[] = [];
  const begin = inTurns((n: number) => begun.push(n));
  for (const n of [1, 2, 3]) begin(n);
  expect(begun).toEqual([1]);
  await turn();
  begin(4);
  expect(begun).toEqual([1, 2]);
  while (begun.length < 4) await turn();
  expect(begun).toEqual([1, 2, 3, 4]);
  await turn();
  begin(5);
  expect(begun).toHaveLength(5);
});

test("what else is to be done is done between", async () => {
  const seen: string[] = [];
  const begin = inTurns((name: string) => {
    seen.push(name);
    setImmediate(() => seen.push("else"));
  });
  for (const name of ["a", "b", "c"]) begin(name);
  while (seen.length < 6) await turn();
  expect(seen.indexOf("else")).toBeLessThan(seen.indexOf("c"));
});

test("one that throws takes no other along", async () => {
  const begun: number[] = [];
  const begin = inTurns((n: number) => {
    begun.push(n);
    if (n === 1) throw new Error("no");
  });
  expect(() => begin(1)).toThrow("no");
  begin(2);
  await turn();
  expect(begun).toEqual([1, 2]);
});
