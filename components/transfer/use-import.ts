import { useState } from "react";
import { type ProblemInfo, problemOf } from "@/lib/client/api";
import { importPieces, sendPieces } from "@/lib/client/imports";
import { useStores } from "@/lib/client/stores";
import type { ImportRefusal, ImportReport } from "@/lib/imports/report";
import { LARGEST_PIECE, MOST_PIECES } from "@/lib/imports/sizes";

/** Where an import is. `share`: how far, from 0 to 1. */
export type ImportState =
  | { at: "start" }
  | { at: "sending"; name: string; share: number }
  | { at: "working"; share: number; threads: number }
  | { at: "done"; report: ImportReport }
  | { at: "refused"; reason: ImportRefusal }
  | { at: "failed"; problem: ProblemInfo }
  | { at: "lost" }
  | { at: "too-large" };

export const LARGEST_IMPORT = LARGEST_PIECE * MOST_PIECES;

/** One import from the choice of a file to its report. */
export function useImport() {
  const { list } = useStores();
  const [state, setState] = useState<ImportState>({ at: "start" });
  const begin = async (file: File) => {
    if (file.size > LARGEST_IMPORT) return setState({ at: "too-large" });
    setState({ at: "sending", name: file.name, share: 0 });
    try {
      const pieces = await sendPieces(file, (share) => setState({ at: "sending", name: file.name, share }));
      setState({ at: "working", share: 0, threads: 0 });
      await follow(pieces, setState);
    } catch (error) {
      setState({ at: "failed", problem: problemOf(error) });
    }
    // This page has no connection that would tell of them.
    await list.refresh();
  };
  return { state, begin: (file: File) => void begin(file), reset: () => setState({ at: "start" }) };
}

async function follow(pieces: string[], setState: (state: ImportState) => void): Promise<void> {
  const lines = importPieces(pieces);
  // What it refuses at once it says before the first line.
  let next = await lines.next();
  try {
    for (; !next.done; next = await lines.next()) {
      const line = next.value;
      if (line.type === "done") return setState({ at: "done", report: line.report });
      if (line.type === "refused") return setState({ at: "refused", reason: line.reason });
      setState({ at: "working", share: line.share, threads: line.threads });
    }
  } catch {
    // Broken off on the way: the server goes on.
  }
  setState({ at: "lost" });
}
