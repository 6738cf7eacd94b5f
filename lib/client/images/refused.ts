import { IMAGE_REFUSALS, type ImageRefusal } from "@/lib/images/schema";

/**
 * Why a picture cannot be used. `imageRefusal.<reason>` in the catalogues is the sentence, `name` and the
 * numbers in `details` go into it. With the reason `upload-failed`, `problem` is the code that the server
 * answered (`signed-out`, `storage-down`, …; its sentence is `problem.<code>`), or null when no answer came.
 */
export class ImageRefused extends Error {
  readonly reason: ImageRefusal;
  readonly imageName: string;
  readonly details: Record<string, string | number>;
  readonly problem: string | null;

  constructor(
    reason: ImageRefusal,
    imageName: string,
    details: Record<string, string | number> = {},
    problem: string | null = null,
  ) {
    super(reason);
    this.name = "ImageRefused";
    this.reason = reason;
    this.imageName = imageName;
    this.details = details;
    this.problem = problem;
  }
}

/** The refusal in what the server answered: its reason, or its problem's code where it has no word on the picture. */
export function refusedBy(
  name: string,
  code: string | null,
  { reason, ...details }: Record<string, string | number>,
): ImageRefused {
  if (code === "image-refused" && isRefusal(reason)) return new ImageRefused(reason, name, details);
  return new ImageRefused("upload-failed", name, details, code);
}

function isRefusal(reason: unknown): reason is ImageRefusal {
  return IMAGE_REFUSALS.some((refusal) => refusal === reason);
}
