import { queueOf } from "@/lib/images/queue";
import { ORIGIN_HEADER, type UploadedImage } from "@/lib/images/schema";
import { type FileAnswer, problemIn, type SendOptions, sendFile } from "../send-file";
import type { PreparedImage } from "./prepare";
import { ImageRefused, refusedBy } from "./refused";

type Upload = Pick<PreparedImage, "blob" | "name" | "original">;

/** A browser allows six connections to a host; answers stream over one and pages load over others. */
const inTurn = queueOf(3);

/**
 * POST /api/images. Three at a time; further calls wait. Throws ImageRefused: with the server's reason, or
 * `upload-failed` when the server said something else or nothing.
 */
export function uploadImage(image: Upload, options: SendOptions = {}): Promise<UploadedImage> {
  return inTurn(async () => {
    options.signal?.throwIfAborted();
    const { blob, name, original } = image;
    const headers = { [ORIGIN_HEADER]: JSON.stringify(original) };
    const answer = await sendFile("/api/images", { blob, name, headers }, options);
    if (answer?.status === 201) return answer.body as UploadedImage;
    throw refusalOf(name, answer);
  });
}

function refusalOf(name: string, answer: FileAnswer | null): ImageRefused {
  const { code, ...details } = problemIn(answer);
  if (answer?.status === 413) return new ImageRefused("too-many-bytes", name, details);
  return refusedBy(name, typeof code === "string" ? code : null, details);
}
