"use client";

import { type ReactNode, type SyntheticEvent, useLayoutEffect, useRef } from "react";
import { cx } from "./cx";
import { enterToastHost } from "./toast-store";

const PLACES = {
  // Not moved on its way: what is fixed inside a moved element, as toasts are, would stand over its text.
  center: "m-auto w-[calc(100%-2rem)] max-w-md rounded-lg border border-line bg-surface",
  left: "m-0 mr-auto h-dvh max-h-none w-[min(320px,86vw)] max-w-none border-r border-line bg-bg -translate-x-full open:translate-x-0 starting:open:-translate-x-full",
  full: "m-0 h-dvh max-h-none w-dvw max-w-none bg-bg",
};

interface DialogProps {
  open: boolean;
  /** Esc, the system's back gesture or a press beside it; also called when its form or button closes it. */
  onClose: () => void;
  /** Its name for screen readers, where no heading names it by `labelledBy`. */
  label?: string;
  labelledBy?: string;
  place?: keyof typeof PLACES;
  className?: string;
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back where it came from. */
export function Dialog({
  open,
  onClose,
  label,
  labelledBy,
  place = "center",
  className,
  children,
}: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return;
    dialog.showModal();
    // What is outside of a modal dialog cannot be pressed, so toasts move inside.
    const leaveToastHost = enterToastHost(dialog);
    return () => {
      leaveToastHost();
      dialog.close();
    };
  }, [open]);
  const cancelled = (event: SyntheticEvent<HTMLDialogElement>) => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    onClose();
  };
  // Browsers may close it without asking, e.g. at a second Esc.
  const closed = (event: SyntheticEvent<HTMLDialogElement>) =>
    event.target === event.currentTarget && open && !event.currentTarget.open && onClose();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way out is Esc, which the browser gives
    <dialog
      ref={ref}
      aria-label={label}
      aria-labelledby={labelledBy}
      onCancel={cancelled}
      onClose={closed}
      onClick={(event) => event.target === event.currentTarget && isBeside(event) && onClose()}
      className={cx(
        "fixed inset-0 overflow-hidden opacity-0 transition-[opacity,translate,display,overlay] transition-discrete duration-180 ease-out open:opacity-100 starting:open:opacity-0",
        "backdrop:bg-black/40 backdrop:opacity-0 backdrop:transition-opacity backdrop:duration-180 open:backdrop:opacity-100 starting:open:backdrop:opacity-0",
        PLACES[place],
        className,
      )}
    >
      {children}
    </dialog>
  );
}

/** True for a press on the backdrop; it counts as one on the dialog itself, outside of its box. */
function isBeside({ currentTarget, clientX, clientY }: React.MouseEvent<HTMLElement>): boolean {
  const box = currentTarget.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
