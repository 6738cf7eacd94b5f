const EVERY_MS = 300;

/**
 * Told to stop, npm tells the shell between it and us, which dies without a word to us. So under npm, and
 * under a parent of our own that stands in for us, the end of the parent is a request to stop. Started by
 * hand we live on: `node scripts/start.mjs &` may outlive its shell.
 */
export function stopWithParent() {
  if (!process.env.npm_lifecycle_event && !process.env.LEEWARD_PARENT) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, EVERY_MS);
  timer.unref();
}
