/** Where pixels are drawn; workers have only the first kind. */
export type Canvas = OffscreenCanvas | HTMLCanvasElement;

/** The picture on white, drawn onto exactly that many pixels. */
export async function drawn(picture: ImageBitmap, width: number, height: number): Promise<Canvas> {
  let source: ImageBitmap | Canvas = picture;
  // One step of smoothing looks at few neighbours: a large picture shrunk at once would shimmer. At half the size the
  // plainest smoothing is the mean of four pixels, as the best is, in a third of the time.
  while (source.width >= width * 2 && source.height >= height * 2) {
    source = painted(source, Math.ceil(source.width / 2), Math.ceil(source.height / 2), "low");
  }
  if (source.width === width && source.height === height) return painted(source, width, height);
  // Half the time that drawing it smaller takes.
  const size = { resizeWidth: width, resizeHeight: height, resizeQuality: "high" } as const;
  const resized = await createImageBitmap(source, size).catch(() => null);
  const canvas = painted(resized ?? source, width, height);
  resized?.close();
  return canvas;
}

/** Takes the canvas's numbers for Display P3 and turns them into its own sRGB, where the browser can. */
export function fromDisplayP3(canvas: Canvas): void {
  const context = contextOf(canvas);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  context.putImageData(new ImageData(data, width, height, { colorSpace: "display-p3" }), 0, 0);
}

/** The canvas as a file of that type; `quality` from 0 to 1 for JPEG. */
export async function written(
  canvas: Canvas,
  type: string,
  quality?: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await blobOf(canvas, type, quality);
  return new Uint8Array(await blob.arrayBuffer());
}

function painted(
  source: ImageBitmap | Canvas,
  width: number,
  height: number,
  smoothing: ImageSmoothingQuality = "high",
): Canvas {
  const canvas = newCanvas(width, height);
  const context = contextOf(canvas);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = smoothing;
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

function contextOf(canvas: Canvas): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true }) as
    | OffscreenCanvasRenderingContext2D
    | CanvasRenderingContext2D
    | null;
  if (!context) throw new Error("no 2d canvas");
  return context;
}

function newCanvas(width: number, height: number): Canvas {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function blobOf(canvas: Canvas, type: string, quality?: number): Promise<Blob> {
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type, quality });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not encoded"))), type, quality);
  });
}
