/** Next calls this once when the server process starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  // One import: each would bring a copy of all that it shares with the others into memory.
  const { startServer } = await import("./lib/http/server-start");
  await startServer();
}
