import type { BudgetName } from "../budgets.ts";
import type { World } from "../harness/world.ts";

/** Every run's value for one budget, in its unit. */
export interface Result {
  budget: BudgetName;
  values: number[];
  /** The same of direct calls to the emulator, where there is such a thing. */
  direct?: number[];
}

export interface Measure {
  /** As it is chosen by: `npm run bench -- NAME`. */
  name: string;
  title: string;
  run(world: World): Promise<Result[]>;
}
