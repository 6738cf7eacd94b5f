import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  /** Said before anything is typed, e.g. the rules for a password. */
  hint?: string;
  /** Stands at the end of the field, e.g. a button. */
  end?: ReactNode;
}

/** A labelled input of a form; 16 px text, so that phones do not zoom in. */
export function TextField({ label, hint, end, className, ...rest }: TextFieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={cx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="relative">
        <input
          {...rest}
          id={id}
          aria-describedby={hint ? hintId : undefined}
          className={cx(
            "h-11 w-full rounded-sm border border-control bg-surface px-3 text-base text-ink outline-offset-0 aria-invalid:border-danger",
            end !== undefined && "pr-12",
          )}
        />
        {end && <div className="absolute inset-y-0 right-1 flex items-center">{end}</div>}
      </div>
      {hint && (
        <p id={hintId} className="text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
