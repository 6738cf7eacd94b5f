import { Hand, Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Dispatch } from "react";
import { IconButton } from "../../ui/button";
import { cx } from "../../ui/cx";
import type { Action } from "./state";
import { LETTERS } from "./use-keys";
import type { Look } from "./use-look";

interface Props {
  look: Look;
  hand: boolean;
  dispatch: Dispatch<Action>;
}

/** How near the picture is, and a hand that moves it. */
export function ZoomTools({ look: { view, near, steps }, hand, dispatch }: Props) {
  const t = useTranslations("picture");
  const e = useTranslations("editor");
  return (
    <>
      <IconButton
        label={e("hand")}
        aria-keyshortcuts={LETTERS.hand}
        aria-pressed={hand}
        onClick={() => dispatch({ type: "hand" })}
        className={cx(NARROW, hand && "bg-accent-soft text-accent hover:bg-accent-soft")}
      >
        <Hand size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t("zoomOut")}
        aria-keyshortcuts="-"
        aria-disabled={!near || undefined}
        onClick={steps.out}
        className={cx(NARROW, "aria-disabled:opacity-40")}
      >
        <ZoomOut size={18} aria-hidden="true" />
      </IconButton>
      <span className="w-12 text-center text-muted text-sm tabular-nums max-sm:hidden">
        {view && t("scale", { scale: view.scale })}
      </span>
      <IconButton label={t("zoomIn")} aria-keyshortcuts="+" onClick={steps.in} className={NARROW}>
        <ZoomIn size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t("fit")}
        aria-keyshortcuts="0"
        aria-disabled={!near || undefined}
        onClick={steps.fit}
        className="aria-disabled:opacity-40 max-sm:hidden"
      >
        <Maximize size={18} aria-hidden="true" />
      </IconButton>
      <span aria-hidden="true" className="mx-1 h-6 w-px bg-line max-sm:hidden" />
    </>
  );
}

/** Six of them and Done fit beside each other on the narrowest phones. */
export const NARROW = "max-[23rem]:w-9!";
