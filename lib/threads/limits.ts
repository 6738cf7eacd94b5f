/** Longest instructions of a thread or a person, UTF-16 code units. */
export const LONGEST_INSTRUCTIONS = 20_000;
/** The most tokens that an answer may be allowed. */
export const MOST_ANSWER_TOKENS = 8_000;
