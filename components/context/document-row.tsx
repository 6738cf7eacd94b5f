import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { problemOf } from "@/lib/client/api";
import { chooseDocumentContext } from "@/lib/client/documents/context";
import { DOCUMENT_CONTEXTS, type DocumentContext, type DocumentPart } from "@/lib/messages/message";
import { cx } from "../ui/cx";
import { useProblemSentence } from "../ui/sentences";
import { Spinner } from "../ui/spinner";
import { toast } from "../ui/toast-store";
import { Choices } from "./choices";

interface Props {
  messageId: string;
  document: DocumentPart;
}

/** One document of the conversation, and whether it is sent again. */
export function DocumentRow({ messageId, document }: Props) {
  const t = useTranslations("document");
  const sentence = useProblemSentence();
  const [wanted, setWanted] = useState<DocumentContext | null>(null);
  const { name, tokens } = document;
  const context = wanted ?? document.context ?? "kept";
  const choose = async (choice: DocumentContext) => {
    if (wanted || choice === context) return;
    setWanted(choice);
    try {
      await chooseDocumentContext(messageId, document.documentId, choice);
    } catch (error) {
      toast({ text: sentence(problemOf(error)), bad: true });
    } finally {
      setWanted(null);
    }
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line p-2">
      <span
        className={cx(
          "flex size-12 items-center justify-center rounded-sm bg-raised text-muted",
          context === "dropped" && "opacity-40",
        )}
      >
        <FileText size={20} aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate font-medium">{name}</p>
        <p aria-live="polite" className="flex items-center gap-1.5 text-muted tabular-nums">
          {wanted && <Spinner />}
          {context === "dropped" ? t("context.leftOut") : t("tokens", { tokens })}
        </p>
      </div>
      <Choices
        legend={t("context.question", { name })}
        choices={DOCUMENT_CONTEXTS.map((value) => ({ value, label: t(`context.${value}`) }))}
        chosen={context}
        onChoose={choose}
        whole={FileText}
      />
    </li>
  );
}
