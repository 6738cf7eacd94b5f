import type { TodayUsage } from "@/lib/generations/schema";
import { Listeners } from "../listeners";

/** The person's tokens of today, as the server last told them. */
export class TodayUsageStore {
  readonly #listeners = new Listeners();
  #today: TodayUsage;

  constructor(today: TodayUsage) {
    this.#today = today;
  }

  get = (): TodayUsage => this.#today;

  set = (today: TodayUsage): void => {
    this.#today = today;
    this.#listeners.tell("");
  };

  subscribe = (listener: () => void): (() => void) => this.#listeners.add("", listener);
}
