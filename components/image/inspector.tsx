"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";
import { type ProblemInfo, problemOf, request } from "@/lib/client/api";
import type { DraftImage } from "@/lib/client/threads";
import type { ImageDetails } from "@/lib/images/schema";
import { IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";
import { Caption } from "./caption";
import { InspectorFacts, Section } from "./inspector-facts";
import { InspectorPreview } from "./inspector-preview";

interface Props {
  image: DraftImage;
  /** What is known of a picture that the server does not have; nothing can be kept for it there either. */
  known?: ImageDetails;
  onClose: () => void;
}

/** What the model gets of a picture beside what was chosen: pixels, bytes, tokens, and what was taken out. */
export default function Inspector({ image, known, onClose }: Props) {
  const t = useTranslations("inspector");
  const heading = useId();
  const { details, problem } = useDetails(image.id, known);
  const sentence = useProblemSentence();
  return (
    <Dialog
      open
      onClose={onClose}
      labelledBy={heading}
      className="max-h-[min(56rem,calc(100dvh-2rem))] max-w-4xl!"
    >
      <div className="flex max-h-[inherit] flex-col">
        <header className="flex items-center gap-3 border-line border-b py-2 pr-2 pl-5">
          <h2 id={heading} className="line-clamp-2 min-w-0 flex-1 wrap-anywhere font-medium">
            {t("heading", { name: image.name })}
          </h2>
          <IconButton label={t("close")} onClick={onClose} autoFocus>
            <X size={18} aria-hidden="true" />
          </IconButton>
        </header>
        <div className="grid min-h-0 gap-5 overflow-y-auto p-5 md:grid-cols-[minmax(0,1fr)_20rem]">
          <InspectorPreview image={image} />
          <div className="flex flex-col gap-5 text-sm">
            {!known && <Words image={image} />}
            {problem ? (
              <p role="alert" className="text-danger">
                {sentence(problem)}
              </p>
            ) : (
              <InspectorFacts image={image} details={details} />
            )}
          </div>
        </div>
      </div>
    </Dialog>
  );
}

/** What stands for the picture where it cannot be seen; it goes with it when it is sent. */
function Words({ image: { id, notes } }: Pick<Props, "image">) {
  const t = useTranslations("picture.caption");
  return (
    <Section heading={t("label")}>
      <Caption picture={{ id, caption: notes?.caption ?? null, captionBy: notes?.captionBy ?? null }} />
    </Section>
  );
}

function useDetails(
  id: string,
  known?: ImageDetails,
): { details: ImageDetails | null; problem: ProblemInfo | null } {
  const [details, setDetails] = useState<ImageDetails | null>(known ?? null);
  const [problem, setProblem] = useState<ProblemInfo | null>(null);
  const asked = known === undefined;
  useEffect(() => {
    if (!asked) return;
    let wanted = true;
    request<ImageDetails>("GET", `/api/images/${id}/details`).then(
      (found) => wanted && setDetails(found),
      (error) => wanted && setProblem(problemOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [id, asked]);
  return { details, problem };
}
