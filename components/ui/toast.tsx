"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { Button, IconButton } from "./button";
import { dismiss, pause, resume, type ShownToast, subscribe, toastView } from "./toast-store";

export { toast } from "./toast-store";

const EMPTY = { toasts: [], host: null };

/** Where toasts appear; once on a page. Screen readers say them when they have finished what they are saying. */
export function Toaster() {
  const { toasts, host } = useSyncExternalStore(subscribe, toastView, () => EMPTY);
  const region = (
    <div
      role="status"
      onPointerEnter={pause}
      onPointerLeave={resume}
      onFocus={pause}
      onBlur={resume}
      // Inside a dialog at its foot: at its head are its name and the way out.
      className={`pointer-events-none fixed inset-x-0 z-40 flex flex-col items-center gap-2 px-4 ${host ? "bottom-[calc(env(safe-area-inset-bottom)+4.5rem)]" : "top-[calc(env(safe-area-inset-top)+0.75rem)]"}`}
    >
      {toasts.map((toast) => (
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </div>
  );
  return host ? createPortal(region, host) : region;
}

function ToastBox({ toast: { id, text, action, bad } }: { toast: ShownToast }) {
  const t = useTranslations("common");
  return (
    <div className="pointer-events-auto flex max-w-md items-center gap-1 rounded-md border border-control bg-raised py-1 pr-1 pl-4 text-sm transition-[opacity,translate] duration-180 ease-out starting:-translate-y-1 starting:opacity-0">
      {bad && <span aria-hidden="true" className="mr-2 h-4 w-0.75 rounded-full bg-danger" />}
      <p className="my-1.5 mr-2 line-clamp-3">{text}</p>
      {action && (
        <Button
          look="quiet"
          className="font-semibold text-accent hover:bg-surface"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t("close")} className="text-muted hover:bg-surface" onClick={() => dismiss(id)}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
