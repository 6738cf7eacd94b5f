import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  /** The level that comes next where it stands. */
  heading?: "h2" | "h3";
  beside?: ReactNode;
  children: ReactNode;
}

/** A group of choices under a heading. */
export function Section({ title, heading: Heading = "h3", beside, children }: SectionProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot stand in one line with what is beside it
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1">
      <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
        <Heading id={id} className="font-medium text-sm">
          {title}
        </Heading>
        {beside}
      </div>
      {children}
    </div>
  );
}

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  hint?: string;
  disabled?: boolean;
}

/** A box with words beside it, all of which can be pressed. */
export function Check({ checked, onChange, label, hint, disabled }: CheckProps) {
  const hintId = useId();
  return (
    <div>
      <label className="flex min-h-9 items-center gap-3 text-sm pointer-coarse:min-h-11">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          aria-describedby={hint ? hintId : undefined}
          className="size-4.5 shrink-0 accent-accent"
        />
        {label}
      </label>
      {hint && (
        <p id={hintId} className="-mt-1 pl-7.5 text-muted text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}

/** One of a few, side by side. */
export function Choices<T extends string>(props: {
  name: string;
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <div role="radiogroup" aria-label={props.label} className="flex flex-wrap gap-1.5">
      {props.options.map(({ value, label }) => (
        <label
          key={value}
          // Around its input, which else would lie in the window's place and make that scroll when it gets the focus.
          className="relative inline-flex h-9 cursor-pointer items-center rounded-sm border border-control px-3 text-sm hover:bg-raised has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 pointer-coarse:h-11"
        >
          <input
            type="radio"
            name={props.name}
            value={value}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
            className="sr-only"
          />
          {label}
        </label>
      ))}
    </div>
  );
}
