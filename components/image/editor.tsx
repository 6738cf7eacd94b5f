import { later } from "../ui/later";
import type { EditorProps } from "./editor/editor";

/** The editor of pictures; its code comes when it is first opened. */
export const Editor = later<EditorProps>(() => import("./editor/editor").then(({ Editor }) => Editor));
