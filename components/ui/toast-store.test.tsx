import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dismiss, enterToastHost, pause, resume, toast, toastView } from "./toast-store";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  for (const { id } of toastView().toasts) dismiss(id);
  vi.useRealTimers();
});

const shown = () => toastView().toasts.map(({ text }) => text);

test("a toast stays for eight seconds", () => {
  toast({ text: "Deleted" });
  vi.advanceTimersByTime(7_999);
  expect(shown()).toEqual(["Deleted"]);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual([]);
});

test("while somebody points at it or is in it, it stays, then it has its full time again", () => {
  toast({ text: "Deleted" });
  vi.advanceTimersByTime(7_000);
  pause();
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(["Deleted"]);
  resume();
  vi.advanceTimersByTime(7_999);
  expect(shown()).toEqual(["Deleted"]);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual([]);
});

test("those left go when one was answered while the pointer stood on it", () => {
  toast({ text: "one" });
  const take = toast({ text: "two" });
  pause();
  take();
  expect(shown()).toEqual(["one"]);
  vi.advanceTimersByTime(8_000);
  expect(shown()).toEqual([]);
});

test("a fourth makes room for itself", () => {
  for (const text of ["one", "two", "three", "four"]) toast({ text });
  expect(shown()).toEqual(["two", "three", "four"]);
});

test("toasts stand in the innermost open dialog", () => {
  const [drawer, question] = [document.createElement("dialog"), document.createElement("dialog")];
  const leaveDrawer = enterToastHost(drawer);
  const leaveQuestion = enterToastHost(question);
  expect(toastView().host).toBe(question);
  leaveQuestion();
  expect(toastView().host).toBe(drawer);
  leaveDrawer();
  expect(toastView().host).toBeNull();
});
