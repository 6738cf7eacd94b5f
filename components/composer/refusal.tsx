import { useTranslations } from "next-intl";
import type { ProblemInfo } from "@/lib/client/api";
import type { ImageRefused } from "@/lib/client/images/refused";
import { useStores } from "@/lib/client/stores";
import { MOST_DOCUMENTS } from "@/lib/documents/document";
import { useProblemSentence } from "../ui/sentences";

/** Why a picture cannot be used, in a sentence; what the server said goes before our guess at the line. */
export function Refusal({ refused: { reason, imageName, details, problem } }: { refused: ImageRefused }) {
  const t = useTranslations("imageRefusal");
  const sentence = useProblemSentence();
  return (
    <p role="alert" className="text-danger">
      {problem
        ? `${imageName}: ${sentence({ code: problem as ProblemInfo["code"], details })}`
        : t(reason, { ...AMOUNTS, ...details, name: imageName })}
    </p>
  );
}

/** Only some refusals have them. */
const AMOUNTS = { used: 0, limit: 0 };

/** That more files were chosen than fit into one message. */
export function LeftOut({ count }: { count: number }) {
  const t = useTranslations("composer");
  return t("tooMany", { limit: useStores().mostImages, left: count });
}

/** The same for documents. */
export function DocumentsLeftOut({ count }: { count: number }) {
  const t = useTranslations("document");
  return t("tooMany", { limit: MOST_DOCUMENTS, left: count });
}
