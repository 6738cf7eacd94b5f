import { useEffect, useState } from "react";
import type { Source } from "./paint";

/** Edge of the copy that is painted while all of a picture is to be seen: as sharp as screens are, and quick. */
const PREVIEW_EDGE = 2400;

/** What to paint a picture from: a smaller copy, and its own pixels where more of them than that are to be seen. */
export function usePreview(bitmap: ImageBitmap): (scale: number) => Source {
  const [preview, setPreview] = useState<Source | null>(null);
  useEffect(() => {
    const scale = PREVIEW_EDGE / Math.max(bitmap.width, bitmap.height);
    if (scale >= 1) return;
    let smaller: ImageBitmap | undefined;
    let left = false;
    const size = {
      resizeWidth: Math.round(bitmap.width * scale),
      resizeHeight: Math.round(bitmap.height * scale),
    };
    createImageBitmap(bitmap, { ...size, resizeQuality: "high" }).then(
      (made) => {
        smaller = made;
        if (left) made.close();
        else setPreview({ bitmap: made, scale: made.width / bitmap.width });
      },
      () => {}, // The whole one is slower and as good.
    );
    return () => {
      left = true;
      smaller?.close();
    };
  }, [bitmap]);
  return (scale) => (preview && scale <= preview.scale ? preview : { bitmap, scale: 1 });
}
