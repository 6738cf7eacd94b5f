import { Check, Copy, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { copyText } from "./copy-text";

/** How long the button says "Copied", in milliseconds. */
const COPIED_MS = 2_000;

interface Props {
  /** What the block is. */
  name: string;
  code: string;
  /** What stands after the opening fence: names the file that is downloaded. */
  info: string;
  /** Buttons of this kind of block. */
  children?: ReactNode;
}

/** Above a block of code: what it is, and what can be done with it. */
export function CodeHead({ name, code, info, children }: Props) {
  const t = useTranslations("markdown");
  const download = async () => (await import("./download")).download(code, info);
  return (
    <div className="md-code-head">
      <span>{name}</span>
      <div>
        {children}
        <HeadButton label={t("download")} onClick={download}>
          <Download aria-hidden size={14} />
        </HeadButton>
        <CopyButton code={code} />
      </div>
    </div>
  );
}

interface HeadButtonProps {
  label: string;
  /** For one that is on or off. */
  pressed?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export const HeadButton = ({ label, pressed, onClick, children }: HeadButtonProps) => (
  <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>
    {children}
  </button>
);

function CopyButton({ code }: { code: string }) {
  const t = useTranslations("markdown");
  const [state, setState] = useState<"copied" | "copyFailed">();
  useEffect(() => {
    if (!state) return;
    const timer = setTimeout(() => setState(undefined), COPIED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => setState((await copyText(code)) ? "copied" : "copyFailed");
  const Icon = state === "copied" ? Check : Copy;
  return (
    <>
      <span role="status" className="md-offscreen">
        {state && t(state)}
      </span>
      <button type="button" onClick={copy}>
        <Icon aria-hidden size={14} />
        {t(state ?? "copy")}
      </button>
    </>
  );
}
