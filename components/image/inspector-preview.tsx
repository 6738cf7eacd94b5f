import { Maximize, ZoomIn } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DraftImage } from "@/lib/client/threads";
import { Button } from "../ui/button";
import { pictureSource } from "./local-pictures";
import { Picture } from "./picture";

/** The very pixels that the model gets: fitted, or one to one. */
export function InspectorPreview({ image: { id, name, width, height } }: { image: DraftImage }) {
  const t = useTranslations("inspector");
  const [exact, setExact] = useState(false);
  const Icon = exact ? Maximize : ZoomIn;
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <section aria-label={t("preview", { name })} tabIndex={exact ? 0 : undefined} className={FRAME}>
        <Picture
          src={pictureSource(id)}
          alt={name}
          width={width}
          height={height}
          className={exact ? "m-auto max-w-none" : "m-auto max-h-full max-w-full object-contain"}
        />
      </section>
      <figcaption className="flex flex-wrap items-center justify-between gap-2 text-muted text-sm">
        {t("previewCaption")}
        <Button
          look="quiet"
          onClick={() => setExact(!exact)}
          aria-pressed={exact}
          className="px-2.5 max-md:-ml-2.5"
        >
          <Icon size={16} aria-hidden="true" />
          {t("exact")}
        </Button>
      </figcaption>
    </figure>
  );
}

const FRAME = "flex h-[38dvh] overflow-auto rounded-md border border-line bg-raised md:h-[min(30rem,60dvh)]";
