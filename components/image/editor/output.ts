import { type Composition, viewSize } from "./operations";
import { paint, type Source } from "./paint";

/** Twice what the model sees of the longest edge: the rest would only make the file large. */
const LONGEST_EDGE = 3080;
/** What the smallest browsers hold in a canvas, pixels. */
const MOST_PIXELS = 16_000_000;

/** Decodes a picture upright, whole. Throws where the browser cannot. */
export const decodedUpright = (file: Blob): Promise<ImageBitmap> =>
  createImageBitmap(file, { imageOrientation: "from-image" });

/**
 * The edited picture as a file without loss and without metadata. It is painted in its own pixels first, marks and
 * all, and only then made smaller: smoothing a picture before it is blacked out would carry what is hidden over the
 * edge. Throws when it cannot be painted.
 */
export async function editedFile(source: Source, composition: Composition, name: string): Promise<File> {
  const { width, height } = viewSize(composition);
  const whole = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  const painted = canvasOf(width * whole, height * whole);
  paint(painted.context, source, whole < 1 ? outwards(composition, 2 / whole) : composition, whole);
  const canvas = reduced(painted.canvas);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the picture could not be written");
  return new File([blob], `${name.replace(/\.[^.]{1,5}$/, "")}.png`, { type: "image/png" });
}

function reduced(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const scale = LONGEST_EDGE / Math.max(canvas.width, canvas.height);
  if (scale >= 1) return canvas;
  const smaller = canvasOf(canvas.width * scale, canvas.height * scale);
  smaller.context.imageSmoothingQuality = "high";
  smaller.context.drawImage(canvas, 0, 0, smaller.canvas.width, smaller.canvas.height);
  return smaller.canvas;
}

/** Where the picture had to be made smaller at once, black fields reach beyond the pixels that smoothing mixes. */
function outwards(composition: Composition, by: number): Composition {
  const marks = composition.marks.map((mark) => {
    if (mark.type !== "blackout") return mark;
    const { x, y, width, height } = mark.rect;
    return { ...mark, rect: { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by } };
  });
  return { ...composition, marks };
}

function canvasOf(width: number, height: number) {
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
  });
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("no 2d canvas");
  return { canvas, context };
}
