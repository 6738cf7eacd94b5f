import type { RefObject } from "react";
import { cx } from "../../ui/cx";
import { Picture } from "../picture";
import type { useZoom } from "./use-zoom";
import type { ViewerPicture } from "./viewer";

interface Props {
  ref: RefObject<HTMLDivElement | null>;
  picture: ViewerPicture;
  zoom: ReturnType<typeof useZoom>;
}

/** The picture, and what of it is to be seen. */
export function Stage({ ref, picture, zoom }: Props) {
  const { view, eased, near, pointers } = zoom;
  const { width, height } = picture;
  return (
    <div
      ref={ref}
      {...pointers}
      data-zoomed={near || undefined}
      className={cx(
        "relative min-h-0 flex-1 touch-none select-none overflow-hidden",
        near ? "cursor-grab active:cursor-grabbing" : "cursor-zoom-in",
      )}
    >
      {/* Its own pixels, laid out by the transform alone: zooming and panning make no layout. */}
      <Picture
        src={picture.source}
        alt={picture.caption ?? picture.name}
        width={width}
        height={height}
        draggable={false}
        style={
          view
            ? { transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale})` }
            : { visibility: "hidden" }
        }
        className={cx(
          "absolute top-1/2 left-1/2 max-w-none bg-line",
          eased && "transition-transform duration-180 ease-out",
        )}
      />
    </div>
  );
}
