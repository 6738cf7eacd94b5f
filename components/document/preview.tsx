import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useState } from "react";
import { type ProblemInfo, problemOf } from "@/lib/client/api";
import { fetchPage } from "@/lib/client/documents/pages";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";
import { Spinner } from "../ui/spinner";
import { PageField } from "./page-range";

export interface PreviewProps {
  documentId: string;
  name: string;
  pages: number;
  /** The page that is shown first. */
  firstPage: number;
  onClose: () => void;
}

/** What was read of a document, as the model gets it: text and nothing else, whatever it says. */
export default function Preview({ documentId, name, pages, firstPage, onClose }: PreviewProps) {
  const t = useTranslations("document.preview");
  const [page, setPage] = useState(firstPage);
  const step = (by: number) => setPage(Math.min(pages, Math.max(1, page + by)));
  const keyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  };
  return (
    <Dialog open onClose={onClose} place="full" label={t("title", { name })}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys pressed anywhere in the dialog */}
      <div className="mx-auto flex h-full max-w-3xl flex-col px-4" onKeyDown={keyDown}>
        <div className="flex flex-wrap items-center justify-end gap-x-2 pt-[max(0.5rem,env(safe-area-inset-top))] pb-2">
          <h2 className="min-w-0 flex-1 truncate font-medium max-sm:order-last max-sm:basis-full">{name}</h2>
          {pages > 1 && (
            <>
              {/* A disabled button would lose the focus, and with it the arrow keys. */}
              <IconButton
                label={t("previous")}
                aria-disabled={page === 1 || undefined}
                onClick={() => step(-1)}
                className="aria-disabled:opacity-40"
              >
                <ChevronLeft size={18} aria-hidden="true" />
              </IconButton>
              <p aria-live="polite" className="sr-only">
                {t("page", { page, pages })}
              </p>
              <div className="flex items-center gap-2 text-muted text-sm tabular-nums">
                <span aria-hidden="true">{t("number")}</span>
                <PageField label={t("jump")} page={page} least={1} most={pages} onPage={setPage} />
                <span aria-hidden="true">{t("of", { pages })}</span>
              </div>
              <IconButton
                label={t("next")}
                aria-disabled={page === pages || undefined}
                onClick={() => step(1)}
                className="aria-disabled:opacity-40"
              >
                <ChevronRight size={18} aria-hidden="true" />
              </IconButton>
            </>
          )}
          <IconButton label={t("close")} onClick={onClose} autoFocus>
            <X size={18} aria-hidden="true" />
          </IconButton>
        </div>
        <Page key={page} documentId={documentId} page={page} prose={PROSE.test(name)} />
      </div>
    </Dialog>
  );
}

/** Whose lines are sentences; of all else (code, tables, logs) columns stand below each other. */
const PROSE = /\.(pdf|docx|md|markdown|txt|html?|tex)$/i;

type State = { text: string } | { problem: ProblemInfo } | null;

function Page({ documentId, page, prose }: { documentId: string; page: number; prose: boolean }) {
  const t = useTranslations("document.preview");
  const sentence = useProblemSentence();
  const [state, setState] = useState<State>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let left = false;
    const arrived = (state: State) => left || setState(state);
    fetchPage(documentId, page)
      .then(({ text }) => arrived({ text }))
      .catch((error) => arrived({ problem: problemOf(error) }));
    return () => {
      left = true;
    };
  }, [documentId, page, round]);
  const again = () => {
    setState(null);
    setRound(round + 1);
  };
  if (!state)
    return (
      <p role="status" className="flex items-center gap-2 text-muted">
        <Spinner /> {t("loading")}
      </p>
    );
  if ("problem" in state)
    return (
      <div className="flex flex-col items-start gap-3">
        <p role="alert" className="text-danger">
          {sentence(state.problem)}
        </p>
        <Button onClick={again}>{t("again")}</Button>
      </div>
    );
  return (
    <section
      aria-label={t("page", { page, pages: page })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
      className="mb-4 min-h-0 flex-1 overflow-auto rounded-md border border-line bg-surface p-4"
    >
      {state.text.trim() === "" ? (
        <p className="text-muted">{t("empty")}</p>
      ) : (
        <pre
          dir="auto"
          className={`whitespace-pre-wrap wrap-anywhere leading-[1.6] ${prose ? "font-sans" : "font-mono text-sm"}`}
        >
          {state.text}
        </pre>
      )}
    </section>
  );
}
