import "server-only";
import { systemStart } from "@/lib/housekeeping/start";
import { surviveMishaps } from "@/lib/platform/mishaps";
import { serveEvents } from "./events";
import { provideSharePages } from "./share-page-source";
import { sharePages } from "./share-pages";

/** What the server process does before the first request. */
export async function startServer(): Promise<void> {
  // For scripts/serve.ts, which is another module graph of the same process.
  Object.assign(globalThis, { leewardEvents: serveEvents });
  provideSharePages(sharePages);
  await systemStart();
  // In development Next's own show the whole error, in the page too.
  if (process.env.LEEWARD_DEV !== "1") surviveMishaps();
}
