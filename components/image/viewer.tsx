import { later } from "../ui/later";
import type { ViewerProps } from "./viewer/viewer";

export type { ViewerPicture } from "./viewer/viewer";

const Loaded = later<ViewerProps>(() => import("./viewer/viewer").then(({ Viewer }) => Viewer));

/** Pictures over the whole window. Its code comes when the first one is opened. */
export function Viewer(props: ViewerProps) {
  if (props.index === null) return null;
  return <Loaded {...props} onFailed={() => props.onIndex(null)} />;
}
