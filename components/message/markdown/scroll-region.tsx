import type { ReactNode } from "react";

interface Props {
  className: string;
  /** Its name for screen readers. */
  label: string;
  dir?: "ltr";
  children: ReactNode;
}

/** What may be wider than the text: it scrolls by itself, and takes focus so that the arrow keys can scroll it. */
export function ScrollRegion({ className, label, dir, children }: Props) {
  return (
    <section
      className={className}
      aria-label={label}
      dir={dir}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  );
}
