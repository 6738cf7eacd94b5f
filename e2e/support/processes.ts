import { readdirSync, readFileSync } from "node:fs";

/** Ids and command lines of what a process has started and is still there, on Linux. */
export function childrenOf(pid: number): { pid: number; command: string }[] {
  const running = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return running.flatMap((name) => {
    try {
      // The second field is a name in brackets, with anything in it; then the state and the parent.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(parent) !== pid || state === "Z") return [];
      return [
        { pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ") },
      ];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
