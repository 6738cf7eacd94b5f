import "server-only";
import { hash, type Options, verify } from "@node-rs/argon2";
import { IdleWorker } from "@/lib/platform/idle-worker";

/**
 * OWASP's second choice for argon2id, kept at one lane: 19 MiB, 2 passes.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** zxcvbn's scale is 0 to 4; 2 is "somewhat guessable", about 10^8 tries. The rest is held by rate limits. */
const LOWEST_SCORE = 2;
/** zxcvbn's time grows with length; what is longer than this is judged by its beginning. */
const JUDGED_LENGTH = 64;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFC"), ARGON2ID);

/** For an unknown e-mail or an account without a password, a hash is checked all the same: equal time. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await decoy()), password.normalize("NFC"));
  return matches && passwordHash !== null;
}

let decoyHash: Promise<string> | undefined;
const decoy = () => {
  decoyHash ??= hashPassword("nobody signs in with this");
  return decoyHash;
};

/** The dictionaries take 30 MB, for the few seconds in which somebody registers. */
const judge = new IdleWorker<{ password: string; words: string[] }, number>(
  "lib/users/guess-worker.ts",
  10_000,
);

/** What must be left of a password without the person's name, address and ours: zxcvbn forgives "annlee1234". */
const SHORTEST_OWN = 6;

/** True for the most common passwords, keyboard walks, repetitions, and the person's own name or address. */
export async function isGuessable(password: string, personal: string[]): Promise<boolean> {
  const parts = personal.flatMap((text) => [text, ...text.split(/[@.\s+_-]+/)]);
  const words = [...parts.filter((word) => word.length > 2), "leeward", "ionos"];
  const own = without(words, password);
  if (own !== lettersOf(password) && own.length < SHORTEST_OWN) return true;
  return (await judge.ask({ password: password.slice(0, JUDGED_LENGTH), words })) < LOWEST_SCORE;
}

/** The letters and digits of a password that are in none of these words. */
function without(words: string[], password: string): string {
  const longestFirst = words.map(lettersOf).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => (word ? rest.replaceAll(word, "") : rest), lettersOf(password));
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
