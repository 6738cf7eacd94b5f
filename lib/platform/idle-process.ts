import type { ChildProcess } from "node:child_process";
import { startApart } from "./apart";

interface Limits {
  /** Most of JavaScript's memory, in megabytes. */
  heapMb: number;
  /** How long one answer may take, its process's start included. Milliseconds. */
  patienceMs: number;
  /** How long the process stays when nobody asks. Milliseconds. */
  idleMs: number;
}

interface Question<Request, Answer> {
  request: Request;
  asked: PromiseWithResolvers<Answer>;
}

/**
 * A process apart for work that would hold the event loop up or fill the memory: started when first asked, ended when
 * nobody has asked for a while, so that nothing of it is left. `file` is a program that answers each message, in
 * order, with one; questions are put to it one at a time.
 */
export class IdleProcess<Request, Answer> {
  readonly #file: string;
  readonly #limits: Limits;
  readonly #waiting: Question<Request, Answer>[] = [];
  #process: ChildProcess | undefined;
  #underway: Question<Request, Answer> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, limits: Limits) {
    this.#file = file;
    this.#limits = limits;
  }

  /** Rejects when the process could not answer this; others are asked of a new one. */
  ask(request: Request): Promise<Answer> {
    const asked = Promise.withResolvers<Answer>();
    this.#waiting.push({ request, asked });
    this.#next();
    return asked.promise;
  }

  #next(): void {
    if (this.#underway) return;
    this.#underway = this.#waiting.shift();
    if (!this.#underway) {
      this.#endAfter(this.#limits.idleMs, "nobody asks");
      return;
    }
    this.#endAfter(this.#limits.patienceMs, "it took too long");
    try {
      this.#process ??= this.#start();
      // What goes wrong with it is heard as its end.
      this.#process.send(this.#underway.request as object, () => {});
    } catch (error) {
      this.#end(error);
    }
  }

  #start(): ChildProcess {
    const child = startApart(this.#file, this.#limits);
    // It keeps no server from ending, and ends with it.
    child.unref();
    child.channel?.unref();
    child.on(
      "message",
      (answer) => this.#process === child && this.#settle((it) => it.resolve(answer as Answer)),
    );
    const ended = (error: unknown) => this.#process === child && this.#end(error);
    child.on("error", ended).on("exit", () => ended(new Error(`${this.#file} ended`)));
    return child;
  }

  #settle(how: (asked: PromiseWithResolvers<Answer>) => void): void {
    const question = this.#underway;
    this.#underway = undefined;
    if (question) how(question.asked);
    this.#next();
  }

  #end(reason: unknown): void {
    clearTimeout(this.#timer);
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
    if (this.#underway) this.#settle((asked) => asked.reject(reason));
  }

  #endAfter(ms: number, why: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(new Error(why)), ms);
    this.#timer.unref();
  }
}
