"use client";

import { useSyncExternalStore } from "react";
import { useStores } from "../stores";

/** True when the server was updated since this page was loaded. */
export function useOldBuild(): boolean {
  const { build } = useStores();
  return useSyncExternalStore(build.subscribe, build.isOld, () => false);
}
