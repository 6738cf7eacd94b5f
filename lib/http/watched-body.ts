import "server-only";

/** How often it is asked whether a download may go on, in milliseconds. */
const RECHECK_MS = 1_000;
const CHUNK = 64 * 1024;

/**
 * Bytes that are sent as fast as they are taken, and broken off within about a second once `mayGoOn` says no: what
 * was taken back does not run on to whoever reads slowly.
 */
export function watchedBody(
  bytes: Uint8Array<ArrayBuffer>,
  mayGoOn: () => Promise<boolean>,
  recheckMs = RECHECK_MS,
): ReadableStream<Uint8Array> {
  let sent = 0;
  let watch: NodeJS.Timeout | undefined;
  const end = () => clearInterval(watch);
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        // Not before somebody reads: a body that answers HEAD is never read, nor let go.
        watch ??= setInterval(async () => {
          if (await mayGoOn().catch(() => false)) return;
          end();
          controller.error(new Error("taken back"));
        }, recheckMs).unref();
        const chunk = bytes.subarray(sent, sent + CHUNK);
        sent += chunk.byteLength;
        if (chunk.byteLength > 0) return controller.enqueue(chunk.slice());
        end();
        controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
