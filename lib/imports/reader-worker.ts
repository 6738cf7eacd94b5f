import { readElement } from "./read.ts";

// A process of its own, for as long as files come in: it reads each element that it is sent.

process.on("message", (text: string) => process.send?.(readElement(text)));
