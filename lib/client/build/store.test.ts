import { expect, test, vi } from "vitest";
import { BuildStore } from "./store";

test("a page is old once the server is of another build, and no more when that one is back", () => {
  const store = new BuildStore("one");
  const heard = vi.fn();
  store.subscribe(heard);
  store.told("one");
  expect([store.isOld(), heard.mock.calls.length]).toEqual([false, 0]);
  store.told("two");
  expect([store.isOld(), heard.mock.calls.length]).toEqual([true, 1]);
  store.told("one");
  expect([store.isOld(), heard.mock.calls.length]).toEqual([false, 2]);
});

test("a page whose first connection reaches a newer server is old at once", () => {
  const store = new BuildStore("one");
  store.told("two");
  expect(store.isOld()).toBe(true);
});
