import { expect, test } from "vitest";
import { dayIn, groupByDay } from "./groups";

const thread = (lastActivityAt: string) => ({
  id: lastActivityAt,
  title: "",
  lastActivityAt,
  running: false,
});
const keys = (times: string[], day: { timeZone: string; date: string }) =>
  groupByDay(times.map(thread), day).map(({ key, threads }) => `${key}: ${threads.length}`);

test("threads stand under the days of the person's calendar", () => {
  const day = { timeZone: "UTC", date: "2026-11-23" };
  const times = [
    "2026-11-23T09:00:00Z",
    "2026-11-23T00:00:00Z",
    "2026-11-22T23:59:59Z",
    "2026-11-21T12:00:00Z",
    "2026-11-16T00:00:00Z",
    "2026-11-15T23:59:59Z",
    "2026-10-24T00:00:00Z",
    "2026-10-23T12:00:00Z",
    "2025-10-23T12:00:00Z",
  ];
  expect(keys(times, day)).toEqual([
    "today: 2",
    "yesterday: 1",
    "week: 2",
    "month: 2",
    "2026-10: 1",
    "2025-10: 1",
  ]);
});

test("a day begins at midnight where the person is", () => {
  const justAfterMidnightInBerlin = "2026-11-22T23:30:00Z";
  expect(keys([justAfterMidnightInBerlin], { timeZone: "Europe/Berlin", date: "2026-11-23" })).toEqual([
    "today: 1",
  ]);
  expect(keys([justAfterMidnightInBerlin], { timeZone: "UTC", date: "2026-11-23" })).toEqual([
    "yesterday: 1",
  ]);
});

test("the day on which clocks change is one day", () => {
  const day = { timeZone: "Europe/Berlin", date: "2026-10-26" };
  expect(keys(["2026-10-25T00:30:00Z", "2026-10-24T12:00:00Z"], day)).toEqual(["yesterday: 1", "week: 1"]);
});

test("what a clock ahead of ours wrote is of today", () => {
  expect(keys(["2026-11-24T00:00:10Z"], { timeZone: "UTC", date: "2026-11-23" })).toEqual(["today: 1"]);
});

test("the day of a time zone; of UTC where a cookie names none", () => {
  const now = new Date("2026-11-22T23:30:00Z");
  expect(dayIn("Europe/Berlin", now)).toEqual({ timeZone: "Europe/Berlin", date: "2026-11-23" });
  expect(dayIn("Not/AZone", now)).toEqual({ timeZone: "UTC", date: "2026-11-22" });
});
