import { type ChildProcess, fork } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

interface Options {
  /** Most of JavaScript's memory, in megabytes; the process ends when it needs more. */
  heapMb: number;
  /** Whether it may start threads of its own. */
  threads?: boolean;
  /** What the program reads as its first argument. */
  argument?: string;
  /** What it reads as its input: sent as it goes, where a message would be copied twice at once. */
  input?: Uint8Array;
  /** Whether it writes to descriptor 4 what is too large for messages. */
  output?: boolean;
}

/**
 * Runs a program of this project in a process apart, that messages are exchanged with. It has no secret in its
 * environment, may read this project's code and nothing else, and can neither write nor start anything. `file` is a
 * TypeScript file by its path in the project.
 */
export function startApart(
  file: string,
  { heapMb, threads = false, argument, input, output = false }: Options,
): ChildProcess {
  const { program, code } = programOf(file);
  const child = fork(/* turbopackIgnore: true */ program, argument === undefined ? [] : [argument], {
    env: { NODE_ENV: process.env.NODE_ENV },
    execArgv: [
      `--max-old-space-size=${heapMb}`,
      "--no-warnings",
      "--permission",
      ...(threads ? ["--allow-worker"] : []),
      ...code.map((path) => `--allow-fs-read=${path}`),
    ],
    serialization: "advanced",
    stdio: [input ? "pipe" : "ignore", "ignore", "ignore", "ipc", ...(output ? (["pipe"] as const) : [])],
  });
  // Whoever ends early does not read it to its end, which is heard as its own end.
  child.stdin?.on("error", () => {}).end(input);
  return child;
}

/**
 * A program as Node runs it, and where all code is that it may need. The build has programs as plain JavaScript
 * (scripts/bootstrap/plain.mjs). The bundler must neither follow nor pack what is run from here.
 */
export function programOf(file: string): { program: string; code: string[] } {
  const root = join(/* turbopackIgnore: true */ process.cwd());
  const plain = process.env.LEEWARD_PLAIN;
  const program = plain ? join(plain, file.replace(/\.ts$/, ".mjs")) : join(root, file);
  const code = plain ? [plain, ...modulesAbove(plain, root)] : [join(root, "lib")];
  code.push(join(root, "node_modules"), join(root, "package.json"));
  return { program, code: code.map((path) => (existsSync(path) ? realpathSync(path) : path)) };
}

/** Where Node looks for packages, folder by folder, before it comes to the project's own. */
function modulesAbove(folder: string, root: string): string[] {
  const parent = dirname(folder);
  return parent === root || parent === folder
    ? []
    : [join(parent, "node_modules"), ...modulesAbove(parent, root)];
}
