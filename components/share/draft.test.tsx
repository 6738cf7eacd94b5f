import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ShareDetail } from "@/lib/shares/share";
import { dayOf, endOfDay } from "./days";
import { choicesOf, draftOf, expiresAt, firstDraft, latestDay, missing, previewPath } from "./draft";
import { RULES, said, threadOf } from "./testing";

const NOW = "2026-11-27T09:00:00.000Z";
const thread = threadOf([
  said(1, "How deep?"),
  said(2, "Eleven metres."),
  said(3, "And there?"),
  said(4, "Four."),
]);
const CHOICES = { messages: [1, 2], pictures: [], redactions: [], name: false, dates: false };
const share = (more: Partial<ShareDetail>): ShareDetail =>
  ({
    title: "Depth",
    choices: CHOICES,
    hasPassword: false,
    allowContinue: false,
    titleInPreview: false,
    expiresAt: "2026-11-28T02:00:00.000Z",
    ...more,
  }) as ShareDetail;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(NOW) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test("shared from the thread all of it is chosen, from a message that and what follows", () => {
  expect(firstDraft(thread, null, RULES).messages).toEqual([1, 2, 3, 4]);
  expect(firstDraft(thread, { from: "m3" }, RULES).messages).toEqual([3, 4]);
});

test("of a message that is not there nothing is chosen, and nothing can be shared", () => {
  const draft = firstDraft(thread, { from: "gone" }, RULES);
  expect(draft.messages).toEqual([]);
  expect(missing(draft, false)).toBe("noMessages");
});

test("what was chosen of a message goes with it, and so it does when it is gone from the open branch", () => {
  const own = { ...CHOICES, pictures: ["1.0", "2.0"], redactions: ["1.0", "2.1", "9.0"] };
  const draft = draftOf(share({ choices: { ...own, messages: [1, 2, 9] } }), thread, RULES);
  expect(draft).toMatchObject({ messages: [1, 2], pictures: ["1.0", "2.0"], redactions: ["1.0", "2.1"] });
  expect(choicesOf({ ...draft, messages: [2], name: true })).toEqual({
    messages: [2],
    pictures: ["2.0"],
    redactions: ["2.1"],
    name: true,
    dates: false,
  });
});

test.each(["UTC", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"])(
  "an update keeps the end to the second, and shows the day it has in %s",
  (zone) => {
    vi.stubEnv("TZ", zone);
    const end = "2026-11-28T02:00:00.000Z";
    const draft = draftOf(share({ expiresAt: end }), thread, RULES);
    expect(draft.date).toBe(zone === "America/New_York" ? "2026-11-27" : "2026-11-28");
    expect(expiresAt(draft, RULES)).toBe(end);
    // As often as it is updated.
    expect(expiresAt(draftOf(share({ expiresAt: expiresAt(draft, RULES) }), thread, RULES), RULES)).toBe(end);
  },
);

test("another day ends with that day where the person is, and no later than the rules allow", () => {
  vi.stubEnv("TZ", "America/New_York");
  const draft = { ...draftOf(share({}), thread, RULES), date: "2026-11-29" };
  expect(expiresAt(draft, RULES)).toBe("2026-11-30T04:59:59.000Z");
  expect(expiresAt(draft, { ...RULES, longestDays: 1 })).toBe("2026-11-28T09:00:00.000Z");
  expect(expiresAt({ ...draft, expiry: "day" }, RULES)).toBe("2026-11-28T09:00:00.000Z");
  expect(expiresAt({ ...draft, expiry: "never" }, RULES)).toBeNull();
});

test("one that is over comes back with the end of a new one, until somebody chooses another", () => {
  const over = share({ expiresAt: "2026-11-27T08:00:00.000Z" });
  const draft = draftOf(over, thread, RULES);
  expect(expiresAt(draft, RULES)).toBe("2026-12-04T09:00:00.000Z");
  expect(expiresAt(draftOf(over, thread, { ...RULES, longestDays: 1 }), RULES)).toBe(
    "2026-11-28T09:00:00.000Z",
  );
  const today = { ...draft, expiry: "date" as const, date: "2026-11-27" };
  expect(expiresAt(today, RULES)).toBe("2026-11-27T23:59:59.000Z");
  expect(missing({ ...today, date: "" }, false)).toBe("noDate");
  expect(missing({ ...today, date: "2026-11-26" }, false)).toBe("noDate");
});

test("the days to choose from are those of the person's calendar", () => {
  vi.stubEnv("TZ", "Pacific/Kiritimati");
  vi.setSystemTime("2026-11-27T12:00:00.000Z");
  expect(dayOf(Date.now())).toBe("2026-11-28");
  expect(latestDay({ ...RULES, longestDays: 7 })).toBe("2026-12-05");
  expect(new Date(endOfDay("2026-11-28")).toISOString()).toBe("2026-11-28T09:59:59.000Z");
});

test("a preview of very many things that are blacked out has a short address, and none where they are too scattered", () => {
  const draft = firstDraft(thread, null, RULES);
  const keys = Array.from({ length: 6_000 }, (_, place) => `1.${place}`);
  const path = previewPath("id", { ...draft, redactions: [...keys, "2.0"] });
  expect(path).toContain("messages=1-4&");
  expect(path).toContain("redactions=1.0-5999_2.0");
  const scattered = Array.from({ length: 6_000 }, (_, place) => `1.${2 * place}`);
  expect(previewPath("id", { ...draft, redactions: scattered })).toBeNull();
});
