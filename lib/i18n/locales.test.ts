import { expect, test } from "vitest";
import { isLocale, preferredLocale } from "./locales";

test.each([
  ["", "en"],
  ["de", "de"],
  ["de-AT,en;q=0.8", "de"],
  ["en-GB,en;q=0.9,de;q=0.8", "en"],
  ["fr-FR, de;q=0.7, en;q=0.3", "de"],
  ["fr", "en"],
  ["de;q=0, en;q=0.5", "en"],
  ["en;q=0.4, DE;q=0.6", "de"],
  [";;q=,", "en"],
])("Accept-Language %j is answered in %s", (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

test.each(["constructor", "toString", "EN", "", undefined])(
  "a cookie that says %j is no language",
  (value) => {
    expect(isLocale(value)).toBe(false);
  },
);
