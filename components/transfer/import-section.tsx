import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef } from "react";
import { Button } from "../ui/button";
import { useFileSize } from "../ui/file-size";
import { useProblemSentence } from "../ui/sentences";
import { Report } from "./report";
import { Section } from "./section";
import { type ImportState, LARGEST_IMPORT, useImport } from "./use-import";

/** A file is chosen, sent, brought in, and what came of it is told. */
export function ImportSection() {
  const t = useTranslations("transfer.import");
  const input = useRef<HTMLInputElement>(null);
  const { state, begin, reset } = useImport();
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (file) begin(file);
  };
  const busy = state.at === "sending" || state.at === "working";
  return (
    <Section title={t("title")} text={t("text")}>
      <input
        ref={input}
        type="file"
        accept=".zip,.json,application/zip,application/json"
        aria-label={t("file")}
        onChange={chosen}
        className="sr-only"
        tabIndex={-1}
      />
      <div aria-live="polite">
        <Progress state={state} />
        {state.at === "done" && <Report report={state.report} />}
      </div>
      <Trouble state={state} />
      {!busy && (
        <Button
          onClick={() => {
            reset();
            input.current?.click();
          }}
          className={state.at === "start" ? undefined : "mt-4"}
        >
          <FileUp size={16} aria-hidden="true" /> {t(state.at === "done" ? "again" : "choose")}
        </Button>
      )}
    </Section>
  );
}

function Progress({ state }: { state: ImportState }) {
  const t = useTranslations("transfer.import");
  if (state.at !== "sending" && state.at !== "working") return null;
  const words =
    state.at === "sending" ? t("uploading", { name: state.name }) : t("working", { threads: state.threads });
  return (
    <div className="flex max-w-md flex-col gap-2">
      <p dir="auto" className="truncate text-sm">
        {words}
      </p>
      <progress aria-label={words} value={state.share} max={1} className="h-1.5 w-full accent-accent" />
    </div>
  );
}

function Trouble({ state }: { state: ImportState }) {
  const t = useTranslations("transfer.import");
  const sentence = useProblemSentence();
  const size = useFileSize();
  const said =
    state.at === "refused"
      ? t(`refusals.${state.reason}`)
      : state.at === "failed"
        ? sentence(state.problem)
        : state.at === "lost"
          ? t("lost")
          : state.at === "too-large"
            ? t("tooLarge", { limit: size(LARGEST_IMPORT) })
            : null;
  return (
    said && (
      <p role="alert" className="text-danger text-sm">
        {said}
      </p>
    )
  );
}
