import { chatgpt } from "./chatgpt.ts";
import { claude } from "./claude.ts";
import { leeward } from "./leeward.ts";
import { librechat } from "./librechat.ts";
import { openWebui } from "./open-webui.ts";
import type { Reader } from "./reader";

const READERS: Reader[] = [leeward, chatgpt, claude, openWebui, librechat];

/** Who can read this; undefined: nobody here. */
export const readerOf = (element: unknown): Reader | undefined =>
  READERS.find((reader) => reader.recognises(element));
