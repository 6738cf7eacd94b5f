import { describe, expect, test } from "vitest";
import { canonical, digestOf } from "./values.ts";

describe("a value on its way from SQLite to PostgreSQL", () => {
  test.each([
    ["what Prisma writes", "2026-11-23T22:30:00.125+00:00", "2026-11-23T22:30:00.125Z"],
    ["what SQLite's own clock writes", "2026-11-23 22:30:00", "2026-11-23T22:30:00.000Z"],
    ["milliseconds", Date.UTC(2026, 10, 23, 22, 30), "2026-11-23T22:30:00.000Z"],
    ["what PostgreSQL gives back", "2026-11-23 22:30:00.1", "2026-11-23T22:30:00.100Z"],
  ])("is a time in UTC: %s", (_what, value, time) => {
    expect(canonical(value, "timestamp without time zone")).toBe(time);
  });

  test("is the same JSON, whatever order its keys come in", () => {
    const sent = canonical('{"b":[{"d":1,"c":"x"}],"a":null}', "jsonb");
    const arrived = canonical({ a: null, b: [{ c: "x", d: 1 }] }, "jsonb");
    expect(sent).toBe('{"a":null,"b":[{"c":"x","d":1}]}');
    expect(digestOf([sent])).toBe(digestOf([arrived]));
    expect(digestOf([sent])).not.toBe(digestOf([canonical({ a: null, b: [] }, "jsonb")]));
  });

  test("has no NUL, which PostgreSQL refuses", () => {
    expect(canonical("a\0b", "text")).toBe("ab");
    expect(canonical('{"text":"a\\u0000b","k\\u0000":"\\\\u0000"}', "jsonb")).toBe(
      '{"k":"\\\\u0000","text":"ab"}',
    );
  });

  test("is true or false, a number, or nothing", () => {
    expect([canonical(1, "boolean"), canonical(0, "boolean"), canonical(null, "boolean")]).toEqual([
      true,
      false,
      null,
    ]);
    expect(canonical(12, "integer")).toBe(12);
  });
});
