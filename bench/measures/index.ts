import { click } from "./click.ts";
import { drop } from "./drop.ts";
import { extreme } from "./extreme.ts";
import { firstLoad } from "./first-load.ts";
import { firstToken } from "./first-token.ts";
import { hostile } from "./hostile.ts";
import { load } from "./load.ts";
import { longThread } from "./long-thread.ts";
import { many } from "./many.ts";
import type { Measure } from "./measure.ts";
import { memory } from "./memory.ts";
import { sharedPage } from "./shared-page.ts";
import { stream } from "./stream.ts";

/** In the order in which they are taken: memory first, while the server is fresh. */
export const MEASURES: Measure[] = [
  memory,
  firstLoad,
  click,
  drop,
  stream,
  extreme,
  firstToken,
  load,
  many,
  longThread,
  sharedPage,
  hostile,
];
