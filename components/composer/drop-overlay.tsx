import { FilePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { FROM_HERE, mayCarryPictures } from "@/lib/client/images/files";
import { expectImage } from "@/lib/client/images/prepare";
import { type Pictures, picturesDropped } from "@/lib/client/images/transfer";

/** Covers the window while files may be dragged over it. `onPictures` gets them; none when it was something else. */
export function DropOverlay({ onPictures }: { onPictures: (pictures: Pictures) => void }) {
  const t = useTranslations("composer");
  const [shown, setShown] = useState(false);
  const dropped = useEffectEvent((event: DragEvent) => onPictures(picturesDropped(event.dataTransfer)));
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!mayCarryPictures(event.dataTransfer)) return;
      // Without this the browser would open the file instead of the chat.
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setShown(true);
      expectImage();
    };
    // No related target: it left the window, not one element for the next.
    const leave = (event: DragEvent) => event.relatedTarget === null && setShown(false);
    const drop = (event: DragEvent) => {
      setShown(false);
      if (!mayCarryPictures(event.dataTransfer)) return;
      event.preventDefault();
      dropped(event);
    };
    const start = ({ dataTransfer }: DragEvent) => dataTransfer?.setData(FROM_HERE, "here");
    const mounted = new AbortController();
    const { signal } = mounted;
    addEventListener("dragstart", start, { signal });
    addEventListener("dragenter", over, { signal });
    addEventListener("dragover", over, { signal });
    addEventListener("dragleave", leave, { signal });
    addEventListener("drop", drop, { signal });
    return () => mounted.abort();
  }, []);
  if (!shown) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 bg-bg/95 p-4 opacity-100 transition-opacity duration-180 starting:opacity-0">
      <div className="flex h-full items-center justify-center gap-3 rounded-lg border-2 border-accent border-dashed text-lg font-medium text-accent">
        <FilePlus aria-hidden="true" />
        {t("dropHere")}
      </div>
    </div>
  );
}
