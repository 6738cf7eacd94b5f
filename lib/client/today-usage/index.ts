"use client";

import { useSyncExternalStore } from "react";
import type { TodayUsage } from "@/lib/generations/schema";
import { useStores } from "../stores";

/** The person's tokens of today. */
export function useTodayUsage(): TodayUsage {
  const { today } = useStores();
  return useSyncExternalStore(today.subscribe, today.get, today.get);
}
