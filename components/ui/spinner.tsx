import { cx } from "./cx";

/** A quiet turning ring, 16 px; says nothing to screen readers, what it stands in must (aria-busy, a status). */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-block size-4 shrink-0 animate-spin rounded-full border-2 border-current border-r-transparent opacity-70",
        className,
      )}
    />
  );
}
