import { useTranslations } from "next-intl";
import type { ProblemInfo } from "@/lib/client/api";
import type { Failure } from "@/lib/messages/message";

/**
 * What happened and what to do, as a sentence in the person's language. Numbers that are missing become 0, for
 * which each sentence has words without a number.
 */
export function useProblemSentence(): (problem: ProblemInfo) => string {
  const t = useTranslations("problem");
  return ({ code, details }) => {
    const known = t.has(code) ? code : "internal";
    const seconds = Number(details.retryAfter ?? 0);
    return t(known, { seconds, minutes: minutesOf(seconds), limit: Number(details.limit ?? 0) });
  };
}

/** The same for an answer that failed; `kept`: some of it had come. */
export function useFailureSentence(): (failure: Failure, kept: boolean) => string {
  const t = useTranslations("failure");
  return ({ code, retryAfter = 0, limit = 0, actual = 0 }, kept) => {
    const minutes = minutesOf(retryAfter);
    const sentence = t(code, { retryAfter, minutes, limit, actual, kept: kept ? "yes" : "no" });
    return kept && !TELL_THEMSELVES.has(code) ? `${sentence} ${t("kept")}` : sentence;
  };
}

/** Failures whose own sentence says what becomes of the text that had come. */
const TELL_THEMSELVES = new Set<Failure["code"]>(["silent", "cut-off", "too-long", "length-reached"]);

/** Nobody counts 900 seconds. 0: few enough to be counted. */
export const minutesOf = (seconds: number): number => (seconds > 90 ? Math.ceil(seconds / 60) : 0);
