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
import { InspectorFacts } from "./inspector-facts";
import { InspectorPreview } from "./inspector-preview";

interface Props {
  image: DraftImage;
  onClose: () => void;
}

/** What the model gets of a picture beside what was chosen: pixels, bytes, tokens, and what was taken out. */
export default function Inspector({ image, onClose }: Props) {
  const t = useTranslations("inspector");
  const heading = useId();
  const { details, problem } = useDetails(image.id);
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
          <h2 id={heading} className="min-w-0 flex-1 truncate font-medium">
            {t("heading", { name: image.name })}
          </h2>
          <IconButton label={t("close")} onClick={onClose} autoFocus>
            <X size={18} aria-hidden="true" />
          </IconButton>
        </header>
        <div className="grid min-h-0 gap-5 overflow-y-auto p-5 md:grid-cols-[minmax(0,1fr)_20rem]">
          <InspectorPreview image={image} />
          {problem ? (
            <p role="alert" className="text-danger">
              {sentence(problem)}
            </p>
          ) : (
            <InspectorFacts image={image} details={details} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function useDetails(id: string): { details: ImageDetails | null; problem: ProblemInfo | null } {
  const [details, setDetails] = useState<ImageDetails | null>(null);
  const [problem, setProblem] = useState<ProblemInfo | null>(null);
  useEffect(() => {
    let wanted = true;
    request<ImageDetails>("GET", `/api/images/${id}/details`).then(
      (found) => wanted && setDetails(found),
      (error) => wanted && setProblem(problemOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  return { details, problem };
}
