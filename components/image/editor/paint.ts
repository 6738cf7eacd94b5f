import { type Composition, type Mark, viewMatrix, viewSize } from "./operations";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A picture to paint from; `scale` is its pixels for each pixel of the picture as it was opened. */
export interface Source {
  bitmap: ImageBitmap;
  scale: number;
}

const FONT = '"Instrument Sans Variable", ui-sans-serif, system-ui, sans-serif';

/**
 * Paints the composition in its view's size times `scale`, its corner at that place of the canvas (0, 0 unless told).
 * On white, as the model gets it.
 */
export function paint(
  context: Context,
  source: Source,
  composition: Composition,
  scale: number,
  at = { x: 0, y: 0 },
): void {
  const { width, height } = viewSize(composition);
  const [a, b, c, d, e, f] = viewMatrix(composition);
  context.setTransform(scale, 0, 0, scale, at.x, at.y);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.transform(a, b, c, d, e, f);
  context.imageSmoothingQuality = "high";
  const { bitmap } = source;
  context.drawImage(bitmap, 0, 0, bitmap.width / source.scale, bitmap.height / source.scale);
  for (const mark of composition.marks) paintMark(context, mark);
}

function paintMark(context: Context, mark: Mark): void {
  if (mark.type === "blackout") {
    context.fillStyle = "#000";
    context.fillRect(mark.rect.x, mark.rect.y, mark.rect.width, mark.rect.height);
    return;
  }
  context.strokeStyle = mark.colour;
  context.fillStyle = mark.colour;
  context.lineCap = "round";
  context.lineJoin = "round";
  if (mark.type === "text") {
    paintText(context, mark);
    return;
  }
  context.lineWidth = mark.width;
  context.beginPath();
  if (mark.type === "draw") lineThrough(context, mark.points);
  else paintArrow(context, mark);
  context.stroke();
}

function lineThrough(context: Context, points: { x: number; y: number }[]): void {
  const [first, ...rest] = points;
  if (!first) return;
  context.moveTo(first.x, first.y);
  // A point alone is a line to itself, which round caps make a dot.
  for (const { x, y } of rest.length > 0 ? rest : [first]) context.lineTo(x, y);
}

function paintArrow(context: Context, { from, to, width }: Extract<Mark, { type: "arrow" }>): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const head = Math.min(length * 0.6, width * 5);
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  for (const side of [-0.5, 0.5]) {
    context.moveTo(to.x, to.y);
    context.lineTo(to.x - head * Math.cos(angle + side), to.y - head * Math.sin(angle + side));
  }
}

function paintText(context: Context, mark: Extract<Mark, { type: "text" }>): void {
  context.save();
  context.translate(mark.at.x, mark.at.y);
  context.rotate((-mark.turns * Math.PI) / 2);
  context.font = `600 ${mark.height}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = mark.height * 0.22;
  // Readable on whatever is below.
  context.strokeStyle = mark.colour === "#ffffff" || mark.colour === "#f5b301" ? "#111827" : "#ffffff";
  context.strokeText(mark.text, 0, 0);
  context.fillText(mark.text, 0, 0);
  context.restore();
}
