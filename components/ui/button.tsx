import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Spinner } from "./spinner";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Record<ButtonLook, string> = {
  primary: "bg-accent text-on-accent hover:opacity-90 active:opacity-80",
  plain: "border border-control bg-surface hover:bg-raised",
  quiet: "hover:bg-raised",
  danger: "border border-danger bg-surface text-danger hover:bg-raised",
};

const SHARED =
  "inline-flex shrink-0 items-center justify-center rounded-sm font-medium transition-[background-color,opacity,color] duration-120 ease-out select-none disabled:opacity-55";

interface ButtonProps extends ComponentProps<"button"> {
  look?: ButtonLook;
  /** Shows that it works on it; the button cannot be pressed meanwhile. */
  busy?: boolean;
}

/** A button with words; 36 px high, 44 px where fingers press it. */
export function Button({ look = "plain", busy = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={cx(SHARED, LOOKS[look], "h-9 gap-2 px-3.5 text-sm pointer-coarse:h-11", className)}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "title"> {
  /** What it does, for screen readers and as its tooltip. */
  label: string;
  /** The icon, 18 px. */
  children: ReactNode;
  look?: ButtonLook;
}

/** A square button with an icon; 36 px, 44 px where fingers press it. */
export function IconButton({ label, look = "quiet", className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={cx(SHARED, LOOKS[look], "size-9 pointer-coarse:size-11", className)}
    />
  );
}
