import { RotateCw, X } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { Button, IconButton } from "../ui/button";
import { cx } from "../ui/cx";
import { focusComposer } from "./focus";

interface Props extends Omit<ComponentProps<"li">, "children"> {
  name: string;
  failed: boolean;
  /** It was added just now, and is on its way. */
  isNew: boolean;
  /** What it looks like: a button that shows it, or a TileFrame. */
  picture: ReactNode;
  /** How far it is, what it costs; or, when it failed, why. */
  facts: ReactNode;
  /** What can be done with it, before it can be taken out. */
  actions?: ReactNode;
  /** What is set about it, beneath. */
  below?: ReactNode;
  /** Names of the buttons, for screen readers; the second is read by all. */
  words: { retry: string; retryShort: string; remove: string };
  /** Not given where trying again cannot help. */
  onRetry?: () => void;
  onRemove: () => void;
}

/** A file of the next message, picture or document. */
export function FileTile({
  name,
  failed,
  isNew,
  picture,
  facts,
  actions,
  below,
  words,
  onRetry,
  onRemove,
  className,
  ...rest
}: Props) {
  const tile = useRef<HTMLLIElement>(null);
  // What was just added or refused must not hide below the list's edge; what was there already stays put.
  const wanted = failed || isNew;
  useEffect(() => {
    if (wanted) tile.current?.scrollIntoView({ block: "nearest" });
  }, [wanted]);
  const remove = () => {
    onRemove();
    focusComposer();
  };
  return (
    <li
      ref={tile}
      {...rest}
      className={cx(
        "min-w-0 rounded-md border bg-raised p-1.5",
        failed ? "border-danger max-sm:pl-3" : "border-line",
        className,
      )}
    >
      {/* On a phone the sentence needs the width: the buttons stand below it. */}
      <div className={cx("flex items-center gap-x-3", onRetry && "max-sm:flex-wrap")}>
        {picture}
        <div className={cx("min-w-0 flex-1 text-sm leading-5", onRetry && "max-sm:basis-full")}>
          {!failed && <p className="truncate font-medium">{name}</p>}
          {facts}
        </div>
        <div className="ml-auto flex shrink-0 items-center">
          {onRetry && (
            <Button look="quiet" onClick={onRetry} aria-label={words.retry}>
              <RotateCw size={16} aria-hidden="true" />
              {words.retryShort}
            </Button>
          )}
          {actions}
          <IconButton label={words.remove} onClick={remove} className="text-muted hover:bg-surface">
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      </div>
      {below}
    </li>
  );
}

/** The square at a tile's beginning. On a phone a failed one leaves its room to the reason. */
export const TileFrame = ({ failed, children }: { failed?: boolean; children: ReactNode }) => (
  <span
    className={cx(
      "flex size-13 shrink-0 items-center justify-center overflow-hidden rounded-sm border border-line bg-surface",
      failed && "text-danger max-sm:hidden",
    )}
  >
    {children}
  </span>
);

/** How much of a file has arrived, from 0 to 1. */
export const TileProgress = ({ name, progress }: { name: string; progress: number }) => (
  <progress
    aria-label={name}
    value={progress}
    max={1}
    className="mt-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
  />
);
