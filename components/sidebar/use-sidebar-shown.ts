import { useState } from "react";
import { keepPreference, SIDEBAR_COOKIE } from "@/components/account/preferences";

/** Whether the sidebar is shown on a wide screen; remembered. */
export function useSidebarShown(first: boolean): [boolean, (shown: boolean) => void] {
  const [shown, set] = useState(first);
  const show = (now: boolean) => {
    set(now);
    keepPreference(SIDEBAR_COOKIE, now ? "shown" : "hidden");
  };
  return [shown, show];
}
