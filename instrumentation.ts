/** Next calls this once when the server process starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ systemStart }, { serveEvents }, { provideSharePages }, { sharePages }] = await Promise.all([
    import("./lib/housekeeping/start"),
    import("./lib/http/events"),
    import("./lib/http/share-page-source"),
    import("./lib/http/share-pages"),
  ]);
  // For scripts/serve.ts, which is another module graph of the same process.
  Object.assign(globalThis, { leewardEvents: serveEvents });
  provideSharePages(sharePages);
  await systemStart();
}
