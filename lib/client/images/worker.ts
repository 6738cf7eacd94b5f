import { convertImage } from "./convert";
import type { PreparedImage } from "./prepare";
import { ImageRefused } from "./refused";

/** `ready` once, when the worker has loaded; then for its one file one of the others. */
export type WorkerAnswer =
  | { ready: true }
  | { image: Omit<PreparedImage, "name"> }
  | { refused: Pick<ImageRefused, "reason" | "details"> }
  /** The worker itself could not, e.g. it has no canvas; the page may. */
  | { failed: string };

addEventListener("message", async ({ data }: MessageEvent<{ file: Blob; name: string }>) => {
  postMessage(await answer(data.file, data.name));
});

postMessage({ ready: true } satisfies WorkerAnswer);

async function answer(file: Blob, name: string): Promise<WorkerAnswer> {
  try {
    return { image: await convertImage(file, name) };
  } catch (error) {
    if (error instanceof ImageRefused) return { refused: { reason: error.reason, details: error.details } };
    return { failed: String(error) };
  }
}
