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
    // Nobody counts 900 seconds.
    const minutes = seconds > 90 ? Math.ceil(seconds / 60) : 0;
    return t(known, { seconds, minutes, limit: Number(details.limit ?? 0) });
  };
}

/** The same for an answer that failed. */
export function useFailureSentence(): (failure: Failure) => string {
  const t = useTranslations("failure");
  return ({ code, retryAfter = 0, limit = 0, actual = 0 }) => t(code, { retryAfter, limit, actual });
}
