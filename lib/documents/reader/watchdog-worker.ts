import { parentPort, workerData } from "node:worker_threads";
import type { ReaderLimits } from "./protocol.ts";

// Beside the thread that reads, because that one may never come back from a file. A file that makes its reader
// grow does so by megabytes a millisecond at most.

const LOOK_EVERY_MS = 10;
const MB = 1024 * 1024;

const { memoryMb, cpuSeconds } = workerData as ReaderLimits;

look();
setInterval(look, LOOK_EVERY_MS);
parentPort?.postMessage("watching");

function look(): void {
  const { user, system } = process.cpuUsage();
  if (process.memoryUsage.rss() > memoryMb * MB || user + system > cpuSeconds * 1_000_000) {
    process.kill(process.pid, "SIGKILL");
  }
}
