"use client";

import { Redo2, Undo2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type Dispatch,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useReducer,
  useRef,
  useState,
} from "react";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Spinner } from "../../ui/spinner";
import { LiveRegion } from "./live-region";
import { composed } from "./operations";
import { decodedUpright, editedFile } from "./output";
import { type Action, type EditorState, finished, opened, reduce } from "./state";
import { Surface } from "./surface";
import { Tools } from "./tools";
import { useKeptFocus, useKeys } from "./use-keys";
import { type Look, useLook } from "./use-look";
import { NARROW, ZoomTools } from "./zoom-tools";

export interface EditorProps {
  name: string;
  /** Where the picture is, the best first; null: not there. The first that can be decoded is edited. */
  sources: readonly (() => Promise<Blob | null>)[];
  /** The edited picture; not called when nothing was changed. */
  onDone: (file: File) => void;
  onClose: () => void;
}

/** Crops, turns, blacks out and marks a picture before it is sent. Leaving without Done changes nothing. */
export function Editor({ name, sources, onDone, onClose }: EditorProps) {
  const t = useTranslations("editor");
  const { bitmap, failed } = useBitmap(sources);
  const leave = useRef<() => void>(null);
  return (
    // A telephone's back gesture asks as the button does.
    <Dialog open onClose={() => (leave.current ?? onClose)()} place="full" label={t("title", { name })}>
      {bitmap ? (
        <Opened ref={leave} name={name} bitmap={bitmap} onDone={onDone} onClose={onClose} />
      ) : (
        <div className="flex h-full flex-col items-center justify-center gap-4 p-4">
          {failed ? <p role="alert">{t("unreadable")}</p> : <Spinner />}
          <Button onClick={onClose}>{t("cancel")}</Button>
        </div>
      )}
    </Dialog>
  );
}

function useBitmap(sources: EditorProps["sources"]) {
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null);
  const [failed, setFailed] = useState(false);
  const given = useRef(sources);
  useEffect(() => {
    let left = false;
    let decoded: ImageBitmap | undefined;
    firstDecoded(given.current).then(
      (bitmap) => {
        decoded = bitmap;
        if (left) bitmap.close();
        else setBitmap(bitmap);
      },
      () => setFailed(true),
    );
    return () => {
      left = true;
      decoded?.close();
    };
  }, []);
  return { bitmap, failed };
}

async function firstDecoded(sources: EditorProps["sources"]): Promise<ImageBitmap> {
  let problem: unknown;
  for (const source of sources) {
    try {
      const blob = await source();
      if (blob) return await decodedUpright(blob);
    } catch (error) {
      problem = error;
    }
  }
  throw problem ?? new Error("there is no picture");
}

interface OpenedProps extends Pick<EditorProps, "name" | "onDone" | "onClose"> {
  /** Leaves, or asks first where something would be lost; asked for once more, it leaves. */
  ref: Ref<() => void>;
  bitmap: ImageBitmap;
}

function Opened({ ref, name, bitmap, onDone, onClose }: OpenedProps) {
  const t = useTranslations("editor");
  const [state, dispatch] = useReducer(reduce, { width: bitmap.width, height: bitmap.height }, opened);
  const [leaving, setLeaving] = useState(false);
  const [trouble, setTrouble] = useState(false);
  const [busy, setBusy] = useState(false);
  const root = useRef<HTMLDivElement>(null);

  const leave = () => (finished(state).length > 0 && !leaving ? setLeaving(true) : onClose());
  useImperativeHandle(ref, () => leave);
  const done = async () => {
    const operations = finished(state);
    if (operations.length === 0) return onClose();
    setBusy(true);
    setTrouble(false);
    try {
      onDone(await editedFile({ bitmap, scale: 1 }, composed(operations, state.size), name));
    } catch {
      // Not enough memory, as on small phones: what was made is still there to be tried again.
      setTrouble(true);
      setBusy(false);
    }
  };
  const stage = useRef<HTMLDivElement>(null);
  const look = useLook(stage, state, dispatch);
  const editing = useKeys(root, state, look, dispatch, leave);
  const asked = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    setLeaving(false);
  };
  useKeptFocus(root);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts pressed anywhere in the dialog
    <div
      ref={root}
      tabIndex={-1}
      onKeyDown={leaving ? asked : editing}
      className="flex h-full flex-col outline-none"
    >
      <Bar
        name={name}
        state={state}
        look={look}
        dispatch={dispatch}
        busy={busy}
        onDone={done}
        onLeave={leave}
      />
      <Surface ref={stage} bitmap={bitmap} state={state} look={look} dispatch={dispatch} />
      {trouble && (
        <p role="alert" className="px-4 py-2 text-center text-danger text-sm">
          {t("failed")}
        </p>
      )}
      {leaving ? (
        <Leaving onStay={() => setLeaving(false)} onLeave={onClose} />
      ) : (
        <Tools root={root} state={state} look={look} dispatch={dispatch} />
      )}
      <LiveRegion said={state.said} />
    </div>
  );
}

interface BarProps {
  name: string;
  state: EditorState;
  look: Look;
  dispatch: Dispatch<Action>;
  busy: boolean;
  onDone: () => void;
  onLeave: () => void;
}

function Bar({ name, state, look, dispatch, busy, onDone, onLeave }: BarProps) {
  const t = useTranslations("editor");
  return (
    <div className="flex items-center gap-0.5 border-line border-b p-2 pt-[max(0.5rem,env(safe-area-inset-top))]">
      <Button look="quiet" onClick={onLeave} className="max-sm:hidden">
        {t("cancel")}
      </Button>
      <IconButton label={t("cancel")} onClick={onLeave} className={`${NARROW} sm:hidden`}>
        <X size={18} aria-hidden="true" />
      </IconButton>
      <p className="min-w-0 flex-1 truncate text-center font-medium text-sm max-sm:invisible">{name}</p>
      <ZoomTools look={look} hand={state.hand} dispatch={dispatch} />
      <IconButton
        label={t("undo")}
        aria-keyshortcuts="Control+Z"
        aria-disabled={state.done.length === 0 || undefined}
        onClick={() => dispatch({ type: "undo" })}
        className={`${NARROW} aria-disabled:opacity-40`}
      >
        <Undo2 size={18} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t("redo")}
        aria-keyshortcuts="Control+Shift+Z"
        aria-disabled={state.undone.length === 0 || undefined}
        onClick={() => dispatch({ type: "redo" })}
        className={`${NARROW} aria-disabled:opacity-40`}
      >
        <Redo2 size={18} aria-hidden="true" />
      </IconButton>
      <Button look="primary" busy={busy} onClick={onDone} className="ml-1">
        {t("done")}
      </Button>
    </div>
  );
}

/** In the place of the tools, so that nothing that was made is lost by one press. */
function Leaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const t = useTranslations("editor");
  return (
    <div
      role="alertdialog"
      aria-label={t("leave")}
      className="flex min-h-30 flex-wrap items-center justify-center gap-3 border-line border-t p-4"
    >
      <p>{t("leave")}</p>
      <Button onClick={onStay}>{t("stay")}</Button>
      <Button look="danger" onClick={onLeave} autoFocus>
        {t("leaveAnyway")}
      </Button>
    </div>
  );
}
