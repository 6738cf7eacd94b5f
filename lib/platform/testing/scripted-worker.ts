import * as childProcess from "node:child_process";
import * as fs from "node:fs";

// A program for tests: `say` is said again, `run` is run, with a failure's code as the answer.

process.on("message", (wanted: { say: unknown } | { run: string }) => {
  process.send?.("say" in wanted ? wanted.say : outcomeOf(wanted.run));
});

function outcomeOf(code: string): unknown {
  try {
    return new Function("fs", "childProcess", code.includes(";") ? code : `return ${code}`)(fs, childProcess);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}
