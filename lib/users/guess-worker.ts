import { parentPort } from "node:worker_threads";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

interface Request {
  password: string;
  words: string[];
}

parentPort?.on("message", ({ id, request }: { id: number; request: Request }) => {
  parentPort?.postMessage({ id, answer: judge.check(request.password, request.words).score });
});
