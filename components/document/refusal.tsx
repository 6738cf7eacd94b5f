import { useTranslations } from "next-intl";
import type { ProblemInfo } from "@/lib/client/api";
import type { DocumentRefused } from "@/lib/client/documents/refused";
import { useProblemSentence } from "../ui/sentences";

/** Why a document cannot be used, in a sentence; what the server said goes before our guess at the line. */
export function Refusal({ refused }: { refused: DocumentRefused }) {
  const { reason, documentName: name, details, problem } = refused;
  const t = useTranslations("documentRefusal");
  const sentence = useProblemSentence();
  const numbers = { pages: 0, limit: 0, used: 0, ...details };
  return (
    <p role="alert" className="text-danger wrap-anywhere">
      {problem
        ? `${name}: ${sentence({ code: problem as ProblemInfo["code"], details })}`
        : t(reason, { ...numbers, name })}
    </p>
  );
}
