import type { ImportLine } from "@/lib/imports/report";
import type { PieceTaken } from "@/lib/imports/schema";
import { LARGEST_PIECE } from "@/lib/imports/sizes";
import { RequestFailed } from "./api";
import { linesOf } from "./lines";
import { problemIn, sendFile } from "./send-file";

/** Sends a file in pieces; `onProgress` from 0 to 1. A piece that was lost is sent once more. Throws RequestFailed. */
export async function sendPieces(file: File, onProgress: (share: number) => void): Promise<string[]> {
  const pieces: string[] = [];
  for (let from = 0; from < file.size; from += LARGEST_PIECE) {
    const blob = file.slice(from, from + LARGEST_PIECE, "application/octet-stream");
    const told = (share: number) => onProgress((from + share * blob.size) / file.size);
    pieces.push(await sendPiece(blob, told).catch(() => sendPiece(blob, told)));
  }
  return pieces;
}

async function sendPiece(blob: Blob, onProgress: (share: number) => void): Promise<string> {
  const answer = await sendFile("/api/imports/pieces", { blob, name: "piece" }, { onProgress });
  if (answer?.status === 201) return (answer.body as PieceTaken).piece;
  throw failed(answer === null, problemIn(answer));
}

/** Has the server bring in what was sent, and tells what it says. Throws RequestFailed where it refuses at once. */
export async function* importPieces(pieces: string[]): AsyncGenerator<ImportLine> {
  const response = await fetch("/api/imports", {
    method: "POST",
    body: JSON.stringify({ pieces }),
    headers: { "content-type": "application/json" },
  }).catch(() => {
    throw failed(true, {});
  });
  if (!response.ok) throw failed(false, (await response.json().catch(() => null))?.error ?? {});
  yield* linesOf<ImportLine>(response);
}

function failed(offline: boolean, { code = "internal", ...details }: Record<string, string | number>) {
  const known = offline ? "offline" : (code as RequestFailed["problem"]["code"]);
  return new RequestFailed({ code: known, details });
}
