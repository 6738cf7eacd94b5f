import type { Pieces } from "../tekken.ts";
import type { ChatRequest } from "./request.ts";

export type CutPieces = { texts: string[]; tokens: number; finish: "stop" | "length" };

/** Ends an answer before its first stop string and at `limit` tokens, whichever comes first. */
export function cutPieces(pieces: Pieces, limit: number, stop: ChatRequest["stop"]): CutPieces {
  const stopped = stopAt(pieces, stop);
  const texts: string[] = [];
  let tokens = 0;
  for (const [index, text] of stopped.texts.entries()) {
    const weight = stopped.weights?.[index] ?? 1;
    if (tokens + weight > limit) return { texts, tokens, finish: "length" };
    texts.push(text);
    tokens += weight;
  }
  return { texts, tokens, finish: "stop" };
}

/** The last piece may be a part of one. */
function stopAt(pieces: Pieces, stop: ChatRequest["stop"]): Pieces {
  const stops = (typeof stop === "string" ? [stop] : (stop ?? [])).filter((text) => text !== "");
  if (stops.length === 0) return pieces;
  const whole = pieces.texts.join("");
  const found = stops.map((text) => whole.indexOf(text)).filter((at) => at >= 0);
  let left = Math.min(whole.length, ...found);
  const texts: string[] = [];
  for (const text of pieces.texts) {
    if (left <= 0) break;
    texts.push(text.slice(0, left));
    left -= text.length;
  }
  return { ...pieces, texts };
}
