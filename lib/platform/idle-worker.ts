import { Worker } from "node:worker_threads";
import { programOf } from "./apart";

/**
 * A thread for work that would hold the event loop up or fill the memory: started when first asked, ended when
 * nobody has asked for a while. `file` is a TypeScript file that Node runs itself, by its path in the project;
 * it answers `{ id, request }` with `{ id, answer }`.
 */
export class IdleWorker<Request, Answer> {
  readonly #file: string;
  readonly #idleMs: number;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(file: string, idleMs: number) {
    this.#file = file;
    this.#idleMs = idleMs;
  }

  /** Rejects when the thread dies before it has answered. */
  ask(request: Request): Promise<Answer> {
    const id = ++this.#lastId;
    const asked = Promise.withResolvers<Answer>();
    this.#waiting.set(id, asked);
    this.#open().postMessage({ id, request });
    return asked.promise;
  }

  #open(): Worker {
    clearTimeout(this.#idle);
    if (this.#worker) return this.#worker;
    const worker = new Worker(programOf(this.#file).program);
    worker.unref();
    worker.on("message", ({ id, answer }: { id: number; answer: Answer }) => this.#answered(id, answer));
    worker.on("error", (error) => this.#close(error));
    this.#worker = worker;
    return worker;
  }

  #answered(id: number, answer: Answer): void {
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
    if (this.#waiting.size > 0) return;
    this.#idle = setTimeout(() => this.#close(new Error("idle")), this.#idleMs);
    this.#idle.unref();
  }

  #close(reason: unknown): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const asked of this.#waiting.values()) asked.reject(reason);
    this.#waiting.clear();
  }
}
