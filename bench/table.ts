import { BUDGETS, type Budget } from "./budgets.ts";
import type { Noise } from "./harness/noise.ts";
import { median } from "./harness/statistics.ts";
import type { Result } from "./measures/measure.ts";

const HEAD = ["measure", "ours", "(from to)", "budget", "", "peers", "direct", "other programs"];

/** A result with how busy the machine was while it was taken. */
export interface Row {
  result: Result;
  noise: Noise;
}

/** The results as lines of text, one a budget. */
export function table(rows: Row[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return cells.map(line).join("\n");
}

function cellsOf({ result, noise }: Row): string[] {
  const budget: Budget = BUDGETS[result.budget];
  const { values, direct } = result;
  const ours = median(values);
  const number = (value: number) => numeral(value, budget.digits);
  return [
    budget.what,
    `${number(ours)} ${budget.unit}`.trim(),
    values.length > 1 ? `(${number(Math.min(...values))} to ${number(Math.max(...values))})` : "",
    `${number(budget.limit)} ${budget.unit}`.trim(),
    rounded(ours, budget.digits) <= budget.limit ? "met" : "OVER",
    budget.peers ? `${plain(budget.peers.best)} to ${plain(budget.peers.worst)}` : "",
    direct ? `${numeral(median(direct), 1)} ${budget.unit}` : "",
    `${noise.others} % of a core, load ${noise.load.toFixed(1)}`,
  ];
}

const numeral = (value: number, digits: number) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const plain = (value: number) => value.toLocaleString("en");
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
