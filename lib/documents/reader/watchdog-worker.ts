import { parentPort, workerData } from "node:worker_threads";
import type { ReaderLimits } from "./protocol.ts";

// Beside the thread that reads, because that one may never come back from a file. A file that makes its reader
// grow does so by megabytes a millisecond at most.

const LOOK_EVERY_MS = 10;
const MB = 1024 * 1024;

const { memoryMb, cpuSeconds } = workerData as ReaderLimits;

let before = process.cpuUsage();

look();
setInterval(look, LOOK_EVERY_MS);
parentPort?.postMessage("watching");
// Another question: its own time.
parentPort?.on("message", () => {
  before = process.cpuUsage();
});

function look(): void {
  const { user, system } = process.cpuUsage(before);
  if (process.memoryUsage.rss() > memoryMb * MB || user + system > cpuSeconds * 1_000_000) {
    process.kill(process.pid, "SIGKILL");
  }
}
