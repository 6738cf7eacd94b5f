import { tokenCounter } from "./tekken.ts";

// A process of its own, for as long as somebody asks: it counts the tokens of each text that it is sent.

const tekken = tokenCounter("tekken");

process.on("message", (text: string) => process.send?.(tekken.count(text)));
