import type { ImagePart } from "@/lib/messages/message";

/** The note that a picture was here costs about this. */
const NOTE_TOKENS = 14;

/** What it costs each time to send a picture again as chosen, in tokens; of words about four characters each. */
export function tokensAgain({
  context = "kept",
  tokens,
  notes,
}: Pick<ImagePart, "context" | "tokens" | "notes">): number {
  if (context === "kept") return tokens;
  const words = context === "described" ? (notes?.description ?? "") : "";
  return NOTE_TOKENS + Math.ceil(words.length / 4);
}
