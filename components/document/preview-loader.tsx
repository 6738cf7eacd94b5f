import { later } from "../ui/later";

/** The text of a document, page by page; loaded when it is first looked at. */
export const Preview = later(async () => (await import("./preview")).default);
