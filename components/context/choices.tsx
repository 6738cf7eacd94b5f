import { CircleSlash, ImageIcon, type LucideIcon, Text } from "lucide-react";
import { useId } from "react";
import { cx } from "../ui/cx";

interface Props<Choice extends string> {
  legend: string;
  choices: readonly { value: Choice; label: string }[];
  chosen: Choice;
  onChoose: (choice: Choice) => void;
  /** The symbol of what is sent whole. */
  whole?: LucideIcon;
}

/** What is sent again of a picture or a document: one of a few, side by side. */
export function Choices<Choice extends string>({
  legend,
  choices,
  chosen,
  onChoose,
  whole = ImageIcon,
}: Props<Choice>) {
  const name = useId();
  return (
    <fieldset className="flex rounded-sm border border-control max-sm:w-full">
      <legend className="sr-only">{legend}</legend>
      {choices.map(({ value, label }) => {
        const Icon = value === "kept" ? whole : value === "described" ? Text : CircleSlash;
        return (
          <label
            key={value}
            className={cx(
              "relative flex h-9 cursor-pointer items-center justify-center gap-1.5 px-2.5 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:flex-1 pointer-coarse:h-11",
              "first-of-type:rounded-l-[7px] last-of-type:rounded-r-[7px]",
              value === chosen ? "bg-accent-soft text-accent" : "text-muted hover:bg-raised",
            )}
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="sr-only"
            />
            <Icon size={14} aria-hidden="true" />
            {label}
          </label>
        );
      })}
    </fieldset>
  );
}
