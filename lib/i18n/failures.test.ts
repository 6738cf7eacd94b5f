import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { FAILURE_CODES, type Failure } from "@/lib/messages/message";
import { catalogue } from "./catalogue";
import type { Locale } from "./locales";

// What a person reads when an answer fails; the browser's tests read the English on the screen (e2e/faults.spec.ts).

async function said(
  locale: Locale,
  { code, retryAfter = 0, limit = 0, actual = 0 }: Failure,
  kept = true,
): Promise<string> {
  const messages = (await catalogue(locale)) as never;
  const t = createTranslator({ locale, messages, namespace: "failure" as never }) as unknown as Say;
  const minutes = retryAfter > 90 ? Math.ceil(retryAfter / 60) : 0;
  return t(code, { retryAfter, minutes, limit, actual, kept: kept ? "yes" : "no" });
}

type Say = (code: string, values: Record<string, number | string>) => string;

test.each<[Failure, RegExp]>([
  [
    { code: "token-refused" },
    /Zugangstoken dieses Servers abgelehnt; vielleicht ist es abgelaufen\..*Token Manager/,
  ],
  [
    { code: "context-full", limit: 40_960, actual: 46_809 },
    /zu lang für das Modell: Es fasst 40\.960 Tokens, dies wären 46\.809\./,
  ],
  [
    { code: "rate-limited", retryAfter: 45 },
    /Er bittet um 45 Sekunden Geduld; versuchen Sie es danach noch einmal\./,
  ],
  [{ code: "rate-limited", retryAfter: 1 }, /Er bittet um 1 Sekunde Geduld; /],
  [{ code: "rate-limited", retryAfter: 900 }, /Er bittet um 15 Minuten Geduld; /],
  [{ code: "too-many-images", limit: 4 }, /mehr Bilder, als das Modell annimmt: höchstens 4\./],
  [
    { code: "cut-off" },
    /mitten in der Antwort abgebrochen\. Was schon da war, bleibt erhalten\. Mit „Fortsetzen“/,
  ],
  [{ code: "silent" }, /verstummt\. Was schon da war, bleibt erhalten\. Mit „Fortsetzen“/],
  [
    { code: "length-reached", limit: 1_000 },
    /größte erlaubte Länge erreicht hat: 1\.000 Tokens\. Mit „Fortsetzen“/,
  ],
  [{ code: "upstream-busy" }, /im Moment überlastet\. Versuchen Sie es in einer Minute noch einmal\./],
])("%o in German", async (failure, sentence) => {
  expect(await said("de", failure)).toMatch(sentence);
});

test.each(FAILURE_CODES)("%s is said in German as in English, politely, with what to do", async (code) => {
  const [english, german] = await Promise.all([said("en", { code }), said("de", { code })]);
  expect(german).not.toBe(english);
  expect(german).not.toMatch(/\b(the|and|you|your|model|retry|continue|dein|dich|du)\b/i);
  for (const sentence of [english, german]) expect(sentence.split(/[.;:] /).length).toBeGreaterThan(1);
});

test.each(["silent", "cut-off", "too-long"] as const)(
  "%s says of nothing that it is kept where nothing came",
  async (code) => {
    const [english, german] = await Promise.all([said("en", { code }, false), said("de", { code }, false)]);
    expect(english).not.toMatch(/kept|Continue/);
    expect(german).not.toMatch(/erhalten|Fortsetzen/);
    expect(english).toContain("Retry");
    expect(german).toMatch(/noch einmal/);
  },
);
