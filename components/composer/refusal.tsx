import { useTranslations } from "next-intl";
import type { ProblemInfo } from "@/lib/client/api";
import type { ImageRefused } from "@/lib/client/images/refused";
import { MOST_DOCUMENTS } from "@/lib/documents/document";
import { useProblemSentence } from "../ui/sentences";

/** Why a picture cannot be used, in a sentence; what the server said goes before our guess at the line. */
export function useRefusalSentence(): (refused: ImageRefused) => string {
  const t = useTranslations("imageRefusal");
  const sentence = useProblemSentence();
  return ({ reason, imageName, details, problem }) =>
    problem
      ? `${imageName}: ${sentence({ code: problem as ProblemInfo["code"], details })}`
      : t(reason, { ...AMOUNTS, ...details, name: imageName });
}

export function Refusal({ refused }: { refused: ImageRefused }) {
  const sentence = useRefusalSentence();
  return (
    <p role="alert" className="text-danger">
      {sentence(refused)}
    </p>
  );
}

/** Only some refusals have them. */
const AMOUNTS = { used: 0, limit: 0, width: 0, height: 0, format: "" };

interface LimitProps {
  /** Pictures that fit into one message, as the thread's model is now. */
  limit: number;
  count: number;
}

/** That more pictures were chosen than fit into one message. */
export function LeftOut({ limit, count }: LimitProps) {
  const t = useTranslations("composer");
  return t("tooMany", { limit, left: count });
}

/** That there are more pictures than the model takes that was chosen since; they stay until somebody decides. */
export function TooMany({ limit, count }: LimitProps) {
  const t = useTranslations("composer");
  return <span className="text-danger">{t("tooManyNow", { limit, count })}</span>;
}

/** The same for documents. */
export function DocumentsLeftOut({ count }: { count: number }) {
  const t = useTranslations("document");
  return t("tooMany", { limit: MOST_DOCUMENTS, left: count });
}
