"use client";

import { ChevronLeft, ChevronRight, Download, Maximize, X, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { keptPicture } from "@/lib/client/threads/temporary";
import { savedName } from "@/lib/images/saved-name";
import { IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Caption } from "../caption";
import { Stage } from "./stage";
import { useZoom } from "./use-zoom";

export interface ViewerPicture {
  id: string;
  source: string;
  name: string;
  width: number;
  height: number;
  tokens: number;
  /** Alternative text, and whose; null: none yet. */
  caption: string | null;
  captionBy: "person" | "model" | null;
}

export interface ViewerProps {
  pictures: readonly ViewerPicture[];
  /** The one that is shown; null: closed. */
  index: number | null;
  onIndex: (index: number | null) => void;
  /** The pictures are in a message, so that words for them can be kept. */
  captions?: boolean;
}

/** Pictures over the whole window: one after the other, near or far, to describe and to keep. */
export function Viewer({ pictures, index, onIndex, captions = false }: ViewerProps) {
  const t = useTranslations("picture");
  const picture = index === null ? undefined : pictures[index];
  const place = { index: (index ?? 0) + 1, count: pictures.length };
  const step = (by: number) => {
    const next = (index ?? 0) + by;
    if (next >= 0 && next < pictures.length) onIndex(next);
  };
  return (
    <Dialog
      open={picture !== undefined}
      onClose={() => onIndex(null)}
      place="full"
      label={picture ? t("viewer", { ...place, name: picture.name }) : undefined}
    >
      {picture && (
        <Shown
          picture={picture}
          place={place}
          captions={captions}
          onStep={step}
          onClose={() => onIndex(null)}
        />
      )}
    </Dialog>
  );
}

interface ShownProps {
  picture: ViewerPicture;
  /** From 1. */
  place: { index: number; count: number };
  captions: boolean;
  onStep: (by: number) => void;
  onClose: () => void;
}

function Shown({ picture, place, captions, onStep, onClose }: ShownProps) {
  const t = useTranslations("picture");
  const stage = useRef<HTMLDivElement>(null);
  const zoom = useZoom(stage, picture, { onSwipe: onStep });
  const several = place.count > 1;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys pressed anywhere in the dialog
    <div
      // A press on the picture keeps the focus in here, so that keys go on to work.
      tabIndex={-1}
      className="relative flex h-full flex-col outline-none"
      onKeyDown={(event) => pressed(event, zoom, onStep)}
    >
      <Bar picture={picture} zoom={zoom} onClose={onClose} />
      <Stage ref={stage} picture={picture} zoom={zoom} />
      {several && (
        <>
          <Arrow side="left" label={t("previous")} disabled={place.index === 1} onClick={() => onStep(-1)} />
          <Arrow
            side="right"
            label={t("next")}
            disabled={place.index === place.count}
            onClick={() => onStep(1)}
          />
        </>
      )}
      <footer className="flex flex-col items-center gap-1 px-4 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-sm">
        <p aria-live="polite" className="flex max-w-full flex-wrap justify-center gap-x-3">
          <span className="max-w-full truncate font-medium">{picture.name}</span>
          <span className="text-muted tabular-nums">{t("facts", factsOf(picture))}</span>
          {several && <span className="text-muted tabular-nums">{t("place", place)}</span>}
        </p>
        {captions && <Caption key={picture.id} picture={picture} centred />}
      </footer>
    </div>
  );
}

const factsOf = ({ width, height, tokens }: ViewerPicture) => ({ width, height, tokens });

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function pressed(
  event: KeyboardEvent,
  { near, steps }: ReturnType<typeof useZoom>,
  onStep: (by: number) => void,
): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLTextAreaElement) return;
  const direction = DIRECTIONS[event.key];
  if (direction && near) steps.move(...direction);
  else if (direction) onStep(direction[0]);
  else if (event.key === "PageUp") onStep(-1);
  else if (event.key === "PageDown") onStep(1);
  else if (event.key === "+" || event.key === "=") steps.in();
  else if (event.key === "-") steps.out();
  else if (event.key === "0") steps.fit();
  else return;
  event.preventDefault();
}

interface BarProps {
  picture: ViewerPicture;
  zoom: ReturnType<typeof useZoom>;
  onClose: () => void;
}

function Bar({ picture, zoom: { view, near, steps }, onClose }: BarProps) {
  const t = useTranslations("picture");
  const file = fileOf(picture);
  return (
    <div className="flex items-center justify-end gap-1 p-2 pt-[max(0.5rem,env(safe-area-inset-top))]">
      <IconButton
        label={t("zoomOut")}
        onClick={() => steps.out()}
        aria-disabled={!near || undefined}
        className={DIMMED}
      >
        <ZoomOut size={18} aria-hidden="true" />
      </IconButton>
      <span role="status" className="w-12 text-center text-muted text-sm tabular-nums">
        {view && t("scale", { scale: view.scale })}
      </span>
      <IconButton label={t("zoomIn")} onClick={() => steps.in()}>
        <ZoomIn size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("fit")} onClick={steps.fit} aria-disabled={!near || undefined} className={DIMMED}>
        <Maximize size={18} aria-hidden="true" />
      </IconButton>
      <a
        href={file.href}
        download={file.name}
        aria-label={t("download")}
        title={t("download")}
        className="inline-flex size-9 items-center justify-center rounded-sm hover:bg-raised pointer-coarse:size-11"
      >
        <Download size={18} aria-hidden="true" />
      </a>
      <IconButton label={t("close")} onClick={onClose} ref={focusedFirst}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** Under a name that ends as what it is. The server has a name for what it has. */
function fileOf({ id, source, name }: ViewerPicture): { href: string; name: string | true } {
  const kept = keptPicture(id);
  if (kept) return { href: source, name: savedName(name, kept.type) };
  return { href: `/api/images/${id}`, name: true };
}

/** A dialog that opens looks for the attribute, which React does not write. */
const focusedFirst = (button: HTMLButtonElement | null) => button?.setAttribute("autofocus", "");

/** Disabled for the eye and for screen readers, yet able to keep the focus, and with it the keys. */
const DIMMED = "aria-disabled:opacity-40";

interface ArrowProps {
  side: "left" | "right";
  label: string;
  disabled: boolean;
  onClick: () => void;
}

function Arrow({ side, disabled, ...button }: ArrowProps) {
  const Icon = side === "left" ? ChevronLeft : ChevronRight;
  const at = side === "left" ? "left-3" : "right-3";
  return (
    <IconButton
      {...button}
      look="plain"
      aria-disabled={disabled || undefined}
      className={`absolute top-1/2 -mt-5 ${DIMMED} ${at}`}
    >
      <Icon size={20} aria-hidden="true" />
    </IconButton>
  );
}
