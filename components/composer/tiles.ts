import type { ImageRefused } from "@/lib/client/images/refused";
import type { DraftImage } from "@/lib/client/threads";

interface Common {
  /** Of the tile, in this tab only. */
  key: string;
  name: string;
  /** Came from one of the starts, whose next choice replaces it. */
  sample: boolean;
}

/** A picture in the composer on its way to the server. Sizes in pixels. */
export type Tile = Common &
  (
    | { state: "preparing" }
    | { state: "uploading"; progress: number; preview: string | null; size: Size }
    | { state: "ready"; image: DraftImage }
    | { state: "failed"; refused: ImageRefused; again: boolean }
  );

interface Size {
  width: number;
  height: number;
  tokens: number;
  /** Of the file that goes up, where it is known. */
  bytes?: number | undefined;
}

/** Refusals that the same file may get past a moment later. */
const PASSING: readonly string[] = [
  "upload-failed",
  "too-many-unsent",
  "too-much-stored",
  "address-unreachable",
];

export const mayPass = ({ reason }: ImageRefused): boolean => PASSING.includes(reason);

export const isOnItsWay = ({ state }: Tile): boolean => state === "preparing" || state === "uploading";
