import type { ReactNode } from "react";
import { cx } from "../ui/cx";

interface Props {
  /** Always visible; otherwise with the pointer over the turn, the focus in it, or fingers. */
  shown?: boolean;
  /** Stands beside the buttons and is always visible. */
  beside?: ReactNode;
  /** The row is flush with the end of its line. */
  atEnd?: boolean;
  children?: ReactNode;
}

/** The row of buttons under a turn. It keeps its room while it is empty or hidden. */
export function Actions({ shown = false, beside, atEnd = false, children }: Props) {
  const hidden =
    "opacity-0 group-hover/turn:opacity-100 group-focus-within/turn:opacity-100 pointer-coarse:opacity-100";
  return (
    <div
      className={cx(
        "-mx-2.5 mt-1 flex min-h-9 flex-wrap items-center gap-0.5 text-muted pointer-coarse:min-h-11",
        atEnd && "flex-row-reverse",
      )}
    >
      {beside}
      <div
        className={cx(
          "flex flex-wrap items-center gap-0.5 transition-opacity duration-120",
          !shown && hidden,
        )}
      >
        {children}
      </div>
    </div>
  );
}
