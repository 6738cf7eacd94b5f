import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "../ui/button";
import { copyText } from "./markdown/copy-text";

/** How long it says "Copied", in milliseconds. */
const COPIED_MS = 2_000;

/** Copies a message's text, an answer's as Markdown, and says so. */
export function CopyButton({ text }: { text: string }) {
  const t = useTranslations("chat");
  const [state, setState] = useState<"copied" | "copyFailed">();
  useEffect(() => {
    if (!state) return;
    const timer = setTimeout(() => setState(undefined), COPIED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => setState((await copyText(text)) ? "copied" : "copyFailed");
  const Icon = state === "copied" ? Check : Copy;
  return (
    <>
      <span role="status" className="sr-only">
        {state && t(state)}
      </span>
      <IconButton label={t(state ?? "copy")} onClick={copy} className="text-muted hover:text-ink">
        <Icon size={16} aria-hidden="true" />
      </IconButton>
    </>
  );
}
