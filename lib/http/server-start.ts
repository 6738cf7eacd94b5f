import "server-only";
import { systemStart } from "@/lib/housekeeping/start";
import { serveEvents } from "./events";
import { provideSharePages } from "./share-page-source";
import { sharePages } from "./share-pages";

/** What the server process does before the first request. */
export async function startServer(): Promise<void> {
  // For scripts/serve.ts, which is another module graph of the same process.
  Object.assign(globalThis, { leewardEvents: serveEvents });
  provideSharePages(sharePages);
  await systemStart();
}
