import { readdirSync, readFileSync } from "node:fs";

// What Linux says of processes in /proc.

/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const TICKS = 100;

interface Process {
  parent: number;
  /** Seconds, with those of children that have ended. */
  cpu: number;
}

/** CPU seconds that a process and all its descendants have used, the ended ones included. */
export const cpuOfTree = (root: number): number => sum(tree(root), ({ cpu }) => cpu);

/** Resident memory of a process and its descendants, in bytes. */
export const memoryOfTree = (root: number): number => sum(tree(root), (_process, id) => residentBytes(id));

/** CPU seconds that the machine has been busy since it started, all its cores together. */
export function cpuOfMachine(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = readFileSync(
    "/proc/stat",
    "utf8",
  )
    .split(/\s+/, 9)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS;
}

function tree(root: number): Map<number, Process> {
  const all = everyProcess();
  const within = (id: number): boolean => {
    if (id === root) return true;
    const parent = all.get(id)?.parent;
    return parent !== undefined && parent > 0 && within(parent);
  };
  return new Map([...all].filter(([id]) => within(id)));
}

function everyProcess(): Map<number, Process> {
  const all = new Map<number, Process>();
  for (const name of readdirSync("/proc")) {
    const process = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : null;
    if (process) all.set(Number(name), parse(process));
  }
  return all;
}

/** The name comes first, in brackets, and may itself hold spaces and brackets. */
function parse(stat: string): Process {
  const [, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = rest.slice(9, 13).reduce((sum, value) => sum + Number(value), 0);
  return { parent: Number(parent), cpu: ticks / TICKS };
}

function residentBytes(id: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${id}/status`) ?? "")?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Null when the process has ended meanwhile. */
function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function sum(processes: Map<number, Process>, of: (process: Process, id: number) => number): number {
  return [...processes].reduce((total, [id, process]) => total + of(process, id), 0);
}
