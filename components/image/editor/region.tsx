import { useTranslations } from "next-intl";
import { useId } from "react";
import { cx } from "../../ui/cx";
import { boxOf, type Draft, type Grip } from "./draft";

const GRIPS: Grip[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 1 },
];

interface Props {
  draft: Draft;
  /** Screen pixels for one of the view. */
  scale: number;
}

/** What is being placed: it has the focus, hears the arrow keys, and can be pulled by its corners. */
export function Region({ draft, scale }: Props) {
  const t = useTranslations("editor");
  const help = useId();
  const { x, y, width, height } = boxOf(draft);
  const box = { left: x * scale, top: y * scale, width: width * scale, height: height * scale };
  const area = draft.tool === "crop" || draft.tool === "blackout";
  const point = draft.tool === "draw" || draft.tool === "text";
  return (
    <>
      {draft.tool === "crop" && <Shade box={box} />}
      <div
        data-editor-region=""
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it hears the arrow keys
        tabIndex={0}
        aria-label={t(`region.${draft.tool}`, {
          width: Math.round(width),
          height: Math.round(height),
          x: Math.round(x),
          y: Math.round(y),
        })}
        aria-describedby={help}
        style={box}
        className={cx(
          "absolute outline-offset-2",
          area && "border border-white shadow-[0_0_0_1px_rgb(0_0_0/0.6)]",
          // What it will hide is still to be seen, so that it can be placed exactly.
          draft.tool === "blackout" && "bg-black/65",
          point && "rounded-full",
          draft.tool === "crop" && "cursor-move",
        )}
      >
        {point && <Cross />}
        {area && GRIPS.map((grip) => <Corner key={`${grip.x},${grip.y}`} grip={grip} />)}
      </div>
      <p id={help} className="sr-only">
        {t(draft.tool === "draw" ? "help.draw" : "help.region")}
      </p>
    </>
  );
}

/** Darkens what a crop takes away. Clipped to the picture. */
const Shade = ({ box }: { box: { left: number; top: number; width: number; height: number } }) => (
  <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
    <div style={box} className="absolute shadow-[0_0_0_9999px_rgb(0_0_0/0.55)]" />
  </div>
);

/** Where the pen or the text is. */
const Cross = () => (
  <span
    aria-hidden="true"
    className="pointer-events-none absolute -top-2.5 -left-2.5 size-5 rounded-full border-2 border-white shadow-[0_0_0_1.5px_rgb(0_0_0/0.7)]"
  />
);

/** Seen small, pressed large. */
function Corner({ grip }: { grip: Grip }) {
  const at = cx(grip.x < 0 ? "-left-3" : "-right-3", grip.y < 0 ? "-top-3" : "-bottom-3");
  const cursor = grip.x === grip.y ? "cursor-nwse-resize" : "cursor-nesw-resize";
  return (
    <span
      aria-hidden="true"
      data-grip={`${grip.x},${grip.y}`}
      className={cx(
        "absolute flex size-6 items-center justify-center pointer-coarse:size-11",
        at,
        cursor,
        COARSE,
      )}
    >
      <span className="size-3 rounded-full border-2 border-white bg-accent shadow-[0_0_0_1px_rgb(0_0_0/0.5)]" />
    </span>
  );
}

/** A finger's grip is centred on the corner as well. */
const COARSE = "pointer-coarse:-m-2.5";
