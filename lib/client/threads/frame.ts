/** Between two drawings of streaming text: eighteen a second read as smooth and cost a third of fifty. Milliseconds. */
const DRAW_MS = 56;

/** A function that calls `draw` once, in a frame soon, however often it is called before. Hidden tabs draw later. */
export function everyFrame(draw: () => void): () => void {
  let asked = false;
  let last = 0;
  const run = () => {
    asked = false;
    last = performance.now();
    draw();
  };
  return () => {
    if (asked) return;
    asked = true;
    const wait = last + DRAW_MS - performance.now();
    if (document.hidden) setTimeout(run, 500);
    else if (wait <= 0) requestAnimationFrame(run);
    else setTimeout(() => requestAnimationFrame(run), wait - 8);
  };
}
