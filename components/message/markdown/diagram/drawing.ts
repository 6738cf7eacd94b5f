import { plainSource } from "./source";

export interface Drawing {
  /** An address for an image; in an image nothing runs and nothing is loaded. */
  address: string;
  /** CSS pixels. */
  width: number;
  height: number;
}

/** How long the frame may take to come, and a diagram to be drawn, in milliseconds. */
const LOAD_MS = 30_000;
const DRAW_MS = 10_000;
/** Longest picture that is taken, in characters, and its longest side. */
const LONGEST = 1_000_000;
const LARGEST = 20_000;

/**
 * Draws a diagram in the sandboxed frame, which is made for the first one. Null where it cannot be drawn: it has
 * mistakes, is too large, or takes too long.
 */
export async function draw(code: string, dark: boolean): Promise<Drawing | null> {
  const source = plainSource(code);
  if (source === null) return null;
  const turn = last.then(() => drawNow(source, dark));
  last = turn.catch(() => null);
  return turn;
}

let last: Promise<unknown> = Promise.resolve();
let lastId = 0;
let frame: Promise<HTMLIFrameElement> | undefined;

async function drawNow(source: string, dark: boolean): Promise<Drawing | null> {
  frame ??= openFrame();
  const opened = await frame.catch(() => null);
  if (!opened) {
    frame = undefined;
    return null;
  }
  const id = ++lastId;
  const answer = heard(opened, (data) => data.id === id, DRAW_MS);
  opened.contentWindow?.postMessage({ id, source, dark }, "*");
  try {
    return drawingOf(await answer);
  } catch {
    // It may be busy for ever: the next diagram gets a new one.
    opened.remove();
    frame = undefined;
    return null;
  }
}

/** It has to be inside the window: browsers do not lay out what is far away. */
async function openFrame(): Promise<HTMLIFrameElement> {
  const made = document.createElement("iframe");
  made.src = "/diagrams/frame";
  made.setAttribute("sandbox", "allow-scripts");
  made.setAttribute("aria-hidden", "true");
  made.tabIndex = -1;
  made.title = "";
  made.className = "md-diagram-frame";
  const ready = heard(made, (data) => data.ready === true, LOAD_MS);
  document.body.append(made);
  try {
    await ready;
    return made;
  } catch (error) {
    made.remove();
    throw error;
  }
}

type Message = Record<string, unknown>;

/** The first message of the frame that is the one; rejects when it does not come. */
function heard(
  from: HTMLIFrameElement,
  isIt: (data: Message) => boolean,
  patienceMs: number,
): Promise<Message> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(late);
      removeEventListener("message", hear);
    };
    const hear = ({ source, data }: MessageEvent) => {
      if (source !== from.contentWindow || typeof data !== "object" || data === null || !isIt(data)) return;
      end();
      resolve(data);
    };
    const late = setTimeout(() => {
      end();
      reject(new Error("the frame does not answer"));
    }, patienceMs);
    addEventListener("message", hear);
  });
}

/** What comes from the frame is no more to be believed than the diagram itself. */
function drawingOf({ svg, width, height }: Message): Drawing | null {
  if (typeof svg !== "string" || !svg.startsWith("<svg") || svg.length > LONGEST) return null;
  if (!isSide(width) || !isSide(height)) return null;
  // Not a blob: opened by itself, that would be a page of our origin.
  return { address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`, width, height };
}

const isSide = (value: unknown): value is number =>
  typeof value === "number" && value > 0 && value <= LARGEST;
