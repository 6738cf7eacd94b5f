import type { CDPSession } from "@playwright/test";

export type Fingers = { x: number; y: number; id: number }[];

/**
 * Fingers that move from place to place and rest before they are lifted. Lifted in full speed, they set something
 * rolling in the browser's own idea of gestures, and the tap that follows only stops that.
 */
export async function slowly(touch: CDPSession, places: Fingers[]): Promise<void> {
  const [first = [], ...others] = places;
  const last = places.at(-1) ?? first;
  // When each is said to happen, so that nothing has to be waited for.
  let timestamp = Date.now() / 1000 - 2;
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Fingers) => {
    timestamp += 0.2;
    return touch.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp });
  };
  await send("touchStart", first);
  for (const fingers of [...others, last, last]) await send("touchMove", fingers);
  await send("touchEnd", []);
}
