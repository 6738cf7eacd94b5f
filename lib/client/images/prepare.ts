import { cleanName } from "@/lib/images/name";
import { queueOf } from "@/lib/images/queue";
import type { ImageOrigin } from "@/lib/images/schema";
import { ImageRefused } from "./refused";
import type { WorkerAnswer } from "./worker";

/** A picture as the model will see it. Sizes in pixels, upright; `bytes` is the blob's size. */
export interface PreparedImage {
  /** JPEG, PNG or WebP without metadata, unless `previewable` is false. */
  blob: Blob;
  name: string;
  width: number;
  height: number;
  /** What it costs as input, by the model's formula. */
  tokens: number;
  bytes: number;
  /**
   * False when this browser cannot decode the format but the server can (TIFF): the blob is the file as it
   * was, no <img> can show it, and the server converts it to the size given here.
   */
  previewable: boolean;
  /** The file as it was chosen. */
  original: ImageOrigin;
}

/** Milliseconds in which a worker must have loaded: one that a browser or a policy blocks says nothing at all. */
const WORKER_LOADS_WITHIN = 5000;

/** Milliseconds that a picture may take on the slowest telephone; what takes longer is made to take forever. */
const LONGEST_CONVERSION = 180_000;

/** Milliseconds that a worker waits for the picture that it was started for. */
const SPARE_FOR = 60_000;

interface Started {
  worker: Worker;
  /** False when it says nothing in time. */
  loaded: Promise<boolean>;
}

/** Has no file yet. */
let spare: Started | undefined;

/** Two at once use two cores and stay within a phone's memory. */
const inTurn = queueOf(2);

/**
 * A picture is likely to come, as when one is dragged over the window or the system's dialog is asked for: what makes it
 * ready is loaded meanwhile, which is a tenth of the time of a photograph.
 */
export function expectImage(): void {
  if (spare || typeof Worker === "undefined") return;
  spare = startWorker();
  const { worker } = spare;
  setTimeout(() => {
    if (spare?.worker !== worker) return;
    spare = undefined;
    worker.terminate();
  }, SPARE_FOR);
}

/**
 * Makes of a chosen, pasted or dropped file what the model sees of it, in a worker. Throws ImageRefused, and the
 * signal's reason when it aborts, which ends the worker. Two at a time; further calls wait.
 */
export function prepareImage(file: Blob & { name?: string }, signal?: AbortSignal): Promise<PreparedImage> {
  const name = cleanName(file.name ?? "") || "image";
  return inTurn(async () => {
    signal?.throwIfAborted();
    return { name, ...((await inWorker(file, name, signal)) ?? (await inPage(file, name))) };
  });
}

/** Null where there is no worker or it cannot draw. Throws ImageRefused. */
async function inWorker(
  file: Blob,
  name: string,
  signal?: AbortSignal,
): Promise<Omit<PreparedImage, "name"> | null> {
  if (typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined") return null;
  const answer = await askWorker(file, name, signal);
  if (answer && "refused" in answer)
    throw new ImageRefused(answer.refused.reason, name, answer.refused.details);
  return answer && "image" in answer ? answer.image : null;
}

/** A worker for this one file: ending it gives back all the memory that a large picture took. */
function askWorker(file: Blob, name: string, signal?: AbortSignal): Promise<WorkerAnswer | null> {
  const { worker, loaded } = takeWorker();
  let endless: ReturnType<typeof setTimeout>;
  let leave: () => void;
  return new Promise<WorkerAnswer | null>((resolve, reject) => {
    leave = () => reject(signal?.reason);
    signal?.addEventListener("abort", leave);
    void loaded.then((it) => it || resolve(null));
    endless = setTimeout(() => resolve({ refused: { reason: "damaged", details: {} } }), LONGEST_CONVERSION);
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      if (!("ready" in data)) resolve(data);
    });
    worker.addEventListener("error", () => resolve(null));
    worker.addEventListener("messageerror", () => resolve(null));
    worker.postMessage({ file, name });
  }).finally(() => {
    clearTimeout(endless);
    signal?.removeEventListener("abort", leave);
    worker.terminate();
  });
}

function takeWorker(): Started {
  const taken = spare ?? startWorker();
  spare = undefined;
  return taken;
}

function startWorker(): Started {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const loaded = new Promise<boolean>((resolve) => {
    const unheard = setTimeout(() => resolve(false), WORKER_LOADS_WITHIN);
    const heard = (it: boolean) => () => {
      clearTimeout(unheard);
      resolve(it);
    };
    worker.addEventListener("message", heard(true), { once: true });
    worker.addEventListener("error", heard(false), { once: true });
  });
  return { worker, loaded };
}

async function inPage(file: Blob, name: string): Promise<Omit<PreparedImage, "name">> {
  const { convertImage } = await import("./convert");
  try {
    return await convertImage(file, name);
  } catch (error) {
    throw error instanceof ImageRefused ? error : new ImageRefused("damaged", name);
  }
}
