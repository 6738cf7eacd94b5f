import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";

/** Below this the sidebar is a drawer; Tailwind's `md`. */
const WIDE = "(min-width: 48rem)";

/** The phone's drawer: closed by going somewhere, and where the window grows so wide that the sidebar fits. */
export function useDrawer() {
  const [open, set] = useState(false);
  const [filled, setFilled] = useState(false);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path closes it
  useEffect(() => set(false), [pathname]);
  useEffect(() => {
    if (!open) return;
    const wide = matchMedia(WIDE);
    const close = () => set(false);
    wide.addEventListener("change", close);
    return () => wide.removeEventListener("change", close);
  }, [open]);
  // Its contents stay while it slides away.
  if (open && !filled) setFilled(true);
  return { open, filled, set, fits: () => !matchMedia(WIDE).matches };
}
