import { type ReactNode, useId } from "react";

/** A part of the page under a heading of its own. */
export function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-md border border-line bg-surface p-5 md:p-6">
      <h2 id={id} className="font-semibold text-lg">
        {title}
      </h2>
      <p className="mt-1 mb-4 max-w-prose text-muted">{text}</p>
      {children}
    </section>
  );
}
