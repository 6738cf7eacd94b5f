import { Check, Crop, MoveUpRight, Pencil, RotateCcw, RotateCw, Square, Type, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Dispatch, RefObject } from "react";
import { IconButton } from "../../ui/button";
import { cx } from "../../ui/cx";
import { COLOURS, type Style, TOOLS, type Tool, WEIGHTS } from "./draft";
import type { Action, EditorState } from "./state";
import { chooseTool, LETTERS } from "./use-keys";
import type { Look } from "./use-look";

const ICONS: Record<Tool, typeof Crop> = {
  crop: Crop,
  blackout: Square,
  draw: Pencil,
  arrow: MoveUpRight,
  text: Type,
};

interface Props {
  root: RefObject<HTMLElement | null>;
  state: EditorState;
  look: Look;
  dispatch: Dispatch<Action>;
}

/** What can be done, and how it looks. */
export function Tools({ root, state, look, dispatch }: Props) {
  const t = useTranslations("editor");
  return (
    <div className="flex min-h-30 flex-col items-center gap-1 border-line border-t px-2 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
      <Options state={state} dispatch={dispatch} />
      <div role="toolbar" aria-label={t("tools")} className="flex max-w-full gap-0.5 max-sm:w-full sm:gap-1">
        {TOOLS.map((tool) => {
          const Icon = ICONS[tool];
          return (
            <ToolButton
              key={tool}
              label={t(`tool.${tool}`)}
              letter={LETTERS[tool]}
              pressed={state.tool === tool && !state.hand}
              onClick={() => chooseTool(root, look, dispatch, tool)}
            >
              <Icon size={18} aria-hidden="true" fill={tool === "blackout" ? "currentColor" : "none"} />
            </ToolButton>
          );
        })}
        <span aria-hidden="true" className="my-2 w-px bg-line" />
        <ToolButton
          label={t("left")}
          brief
          letter={LETTERS.left}
          onClick={() => dispatch({ type: "rotate", by: -1 })}
        >
          <RotateCcw size={18} aria-hidden="true" />
        </ToolButton>
        <ToolButton
          label={t("right")}
          brief
          letter={LETTERS.right}
          onClick={() => dispatch({ type: "rotate", by: 1 })}
        >
          <RotateCw size={18} aria-hidden="true" />
        </ToolButton>
      </div>
    </div>
  );
}

interface ToolButtonProps {
  label: string;
  letter: string;
  pressed?: boolean;
  /** Its symbol says enough on a phone, where the others need the room. */
  brief?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

const ToolButton = ({ label, letter, pressed, brief, onClick, children }: ToolButtonProps) => (
  <button
    type="button"
    aria-pressed={pressed}
    aria-keyshortcuts={letter}
    title={`${label} (${letter.toUpperCase()})`}
    onClick={onClick}
    className={cx(
      "flex h-13 min-w-0 flex-col items-center justify-center gap-1 rounded-sm px-1 text-xs transition-colors hover:bg-raised max-sm:text-[11px] sm:min-w-16",
      brief ? "max-sm:w-11" : "max-sm:flex-auto",
      pressed && "bg-accent-soft text-accent hover:bg-accent-soft",
    )}
  >
    {children}
    <span className={cx("max-w-full truncate max-[22rem]:sr-only", brief && "max-sm:sr-only")}>{label}</span>
  </button>
);

/** Of the tool that is chosen; the row keeps its height, so that the picture does not move. */
function Options({ state, dispatch }: Pick<Props, "state" | "dispatch">) {
  const t = useTranslations("editor");
  const { draft, tool, style } = state;
  const coloured = tool === "draw" || tool === "arrow" || tool === "text";
  return (
    <div
      className={cx(
        "flex min-h-11 w-full flex-wrap content-center items-center justify-center gap-x-3 gap-y-1",
        // Two rows on a phone: the text or the buttons, and how it looks.
        coloured && "max-sm:min-h-23",
      )}
    >
      {draft?.tool === "text" && (
        <input
          data-editor-text=""
          aria-label={t("text")}
          placeholder={t("text")}
          value={draft.text}
          maxLength={200}
          onChange={(event) => dispatch({ type: "text", text: event.target.value })}
          className="h-9 w-48 min-w-0 rounded-sm border border-control bg-surface px-3 text-base max-sm:flex-1 pointer-coarse:h-11"
        />
      )}
      {coloured && <StyleChoice style={style} dispatch={dispatch} />}
      {!coloured && (
        <p className="text-muted text-sm pointer-coarse:hidden">
          {t(state.hand ? "start.hand" : draft ? "hint" : `start.${tool}`)}
        </p>
      )}
      {draft && (
        <span className="flex gap-1 max-sm:order-1">
          <IconButton label={t("discard")} onClick={() => dispatch({ type: "discard" })}>
            <X size={18} aria-hidden="true" />
          </IconButton>
          <IconButton label={t("apply")} look="plain" onClick={() => dispatch({ type: "apply" })}>
            <Check size={18} aria-hidden="true" />
          </IconButton>
        </span>
      )}
    </div>
  );
}

function StyleChoice({ style, dispatch }: { style: Style; dispatch: Dispatch<Action> }) {
  const t = useTranslations("editor");
  return (
    <div className="flex items-center justify-center gap-x-3 max-sm:order-2 max-sm:w-full max-sm:gap-x-1">
      <fieldset className="flex">
        <legend className="sr-only">{t("colour.label")}</legend>
        {COLOURS.map((colour, index) => (
          <button
            key={colour}
            type="button"
            aria-label={t(`colour.${COLOUR_NAMES[index]}`)}
            aria-pressed={style.colour === colour}
            onClick={() => dispatch({ type: "style", style: { colour } })}
            className="flex size-9 items-center justify-center rounded-sm pointer-coarse:size-11 max-[24rem]:w-9!"
          >
            <span
              style={{ backgroundColor: colour }}
              className={cx(
                "size-5 rounded-full border border-control",
                style.colour === colour && "ring-2 ring-accent ring-offset-2 ring-offset-bg",
              )}
            />
          </button>
        ))}
      </fieldset>
      <fieldset className="flex">
        <legend className="sr-only">{t("weight.label")}</legend>
        {(Object.keys(WEIGHTS) as Style["weight"][]).map((weight) => (
          <button
            key={weight}
            type="button"
            aria-label={t(`weight.${weight}`)}
            aria-pressed={style.weight === weight}
            onClick={() => dispatch({ type: "style", style: { weight } })}
            className={cx(
              "flex size-9 items-center justify-center rounded-sm hover:bg-raised pointer-coarse:size-11 max-[24rem]:w-9!",
              style.weight === weight && "bg-accent-soft text-accent",
            )}
          >
            <span aria-hidden="true" className={cx("rounded-full bg-current", DOTS[weight])} />
          </button>
        ))}
      </fieldset>
    </div>
  );
}

const COLOUR_NAMES = ["red", "yellow", "teal", "black", "white"] as const;
const DOTS = { small: "size-1.5", medium: "size-2.5", large: "size-4" };
