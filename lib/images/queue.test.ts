import { expect, test } from "vitest";
import { queueOf } from "./queue";

test("runs as many at once as it may, all of them in order, errors apart", async () => {
  const inQueue = queueOf(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const work = (n: number) =>
    inQueue(async () => {
      started.push(n);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (n === 3) throw new Error("three");
      return n;
    });
  const ends = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(work));
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(ends.map((end) => end.status)).toEqual(
    Array.from({ length: 7 }, (_, n) => (n === 3 ? "rejected" : "fulfilled")),
  );
  expect(await work(7)).toBe(7);
});
