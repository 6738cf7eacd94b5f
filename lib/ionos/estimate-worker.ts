import { parentPort } from "node:worker_threads";
import { tokenCounter } from "./tekken.ts";

const tekken = tokenCounter("tekken");

parentPort?.on("message", ({ id, request }: { id: number; request: string }) => {
  parentPort?.postMessage({ id, answer: tekken.count(request) });
});
