import type { ComponentProps } from "react";

/** An <img> of ours: made as small as the model sees it, and private, so nothing may optimise and cache it. */
export function Picture(props: ComponentProps<"img"> & { src: string; alt: string }) {
  // biome-ignore lint/performance/noImgElement: see above
  // biome-ignore lint/a11y/useAltText: the type asks for it
  return <img decoding="async" {...props} />;
}
