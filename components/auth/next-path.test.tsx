import { expect, test } from "vitest";
import { nextPath, signInPath } from "./next-path";

test.each(["/", "/t/0190f3c2-5a1e-4c3b-9f4d-2a7b6c8d9e0f", "/t/1?x=1#message", "/?q=%2F%2Fevil.example"])(
  "a path of ours is followed: %s",
  (path) => expect(nextPath(path)).toBe(path),
);

test.each([
  "https://evil.example/",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "@evil.example",
  " //evil.example",
  "t/1",
  "",
  undefined,
  ["/t/1", "/t/2"],
])("threat 22: anything else leads home: %j", (next) => {
  expect(nextPath(next)).toBe("/");
});

test.each(["/sign-in", "/sign-in?next=/sign-in", "/register", "/api/threads"])(
  "nobody is led round in circles or to raw data: %s",
  (next) => expect(nextPath(next)).toBe("/"),
);

test("what comes out is on our own origin, whatever goes in", () => {
  for (const next of [
    "/%5Cevil.example",
    "/%2F/evil.example",
    "/a/../..//evil.example",
    "/?next=//evil.example",
  ]) {
    expect(new URL(nextPath(next), "https://chat.example").origin).toBe("https://chat.example");
  }
});

test("sign-in remembers where one came from", () => {
  expect(signInPath("/t/1?a=b")).toBe("/sign-in?next=%2Ft%2F1%3Fa%3Db");
  expect(signInPath("/")).toBe("/sign-in");
  expect(signInPath("//evil.example")).toBe("/sign-in");
  expect(signInPath(null)).toBe("/sign-in");
});
