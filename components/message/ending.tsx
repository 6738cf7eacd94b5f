import { useTranslations } from "next-intl";
import type { ClientMessage } from "@/lib/client/threads";
import { FailureSentence, ProblemSentence } from "./sentences";

/** How an answer ended, where it did not simply end; and why it could not be asked for again. */
export function Ending({ message: { status, failure, problem, parts } }: { message: ClientMessage }) {
  const t = useTranslations("chat");
  const gap = parts.length > 0 ? "mt-3" : "";
  return (
    <>
      {(status === "stopped" || status === "interrupted") && (
        <p className={`flex items-center gap-2 text-sm text-muted ${gap}`}>
          <span aria-hidden="true" className="h-4 w-0.75 rounded-full bg-signal" />
          {t(status)}
        </p>
      )}
      {failure && (
        <div className={gap}>
          <FailureSentence failure={failure} kept={parts.length > 0} quiet={status === "complete"} />
        </div>
      )}
      {problem && (
        <div className="mt-3">
          <ProblemSentence problem={problem} />
        </div>
      )}
    </>
  );
}
