import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ThreadPage, ThreadSummary } from "@/lib/threads/thread";
import { request } from "../api";
import { ThreadListStore } from "./store";

vi.mock("../api", () => ({ request: vi.fn() }));

const PAGE = 40;
/** What the server has, newest first. */
let there: ThreadSummary[];

const named = (number: number): ThreadSummary => ({
  id: `thread-${String(number).padStart(4, "0")}`,
  title: `Number ${number}`,
  lastActivityAt: new Date(Date.UTC(2026, 0, 1) - number * 60_000).toISOString(),
  running: false,
});

function pageFrom(first: number): ThreadPage {
  const threads = there.slice(first, first + PAGE);
  return { threads, nextCursor: first + PAGE < there.length ? String(first + PAGE) : null };
}

beforeEach(() => {
  there = Array.from({ length: 130 }, (_, number) => named(number));
  vi.mocked(request).mockImplementation(async (_method, path) =>
    pageFrom(Number(new URLSearchParams(path.split("?")[1]).get("cursor") ?? 0)),
  );
});
afterEach(() => vi.clearAllMocks());

const titles = (list: ThreadListStore) => list.view.threads.map(({ title }) => title);

test("a list that is read again is as long as it was, without what is gone and with what is new", async () => {
  const list = new ThreadListStore(pageFrom(0));
  await list.loadMore();
  await list.loadMore();
  expect(list.view.threads).toHaveLength(120);
  there = [named(-1), ...there.filter((_, index) => index !== 100)];
  const sizes: number[] = [];
  list.subscribe(() => sizes.push(list.view.threads.length));
  await list.refresh();
  expect(titles(list)).toEqual(there.slice(0, 120).map(({ title }) => title));
  expect(list.view).toMatchObject({ hasMore: true, loading: false, failed: false });
  // Nothing that somebody had scrolled to went away in between.
  expect(Math.min(...sizes)).toBe(120);
  await list.loadMore();
  expect(titles(list)).toEqual(there.map(({ title }) => title));
});

test("a short list costs one question", async () => {
  const list = new ThreadListStore(pageFrom(0));
  await list.refresh();
  expect(request).toHaveBeenCalledTimes(1);
  await list.setFilter("Number");
  expect(request).toHaveBeenCalledTimes(2);
});

test("what could not be read again stays as it was, and is tried again whole", async () => {
  const list = new ThreadListStore(pageFrom(0));
  await list.loadMore();
  vi.mocked(request).mockResolvedValueOnce(pageFrom(0)).mockRejectedValueOnce(new Error("offline"));
  await list.refresh();
  expect(list.view).toMatchObject({ failed: true, loading: false });
  expect(list.view.threads).toHaveLength(80);
  there = there.slice(1);
  await list.retry();
  expect(titles(list)).toEqual(there.slice(0, 80).map(({ title }) => title));
});
