import { readFileSync } from "node:fs";
import { cpuOfMachine, cpuOfTree } from "./proc.ts";

/** How busy the machine was with other things while something was measured. */
export interface Noise {
  /** Percent of one core that other programs used. */
  others: number;
  /** Programs that wanted to run, on the average of the last minute; ours among them. */
  load: number;
}

/** Begins to watch; the returned function tells how it was since. */
export function watchNoise(): () => Noise {
  const startedAt = performance.now();
  const before = othersCpu();
  return () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const others = Math.max(0, Math.round(((othersCpu() - before) / seconds) * 100));
    return { others, load: Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]) };
  };
}

const othersCpu = () => cpuOfMachine() - cpuOfTree(process.pid);
