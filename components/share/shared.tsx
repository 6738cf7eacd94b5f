import { Check, Copy, ExternalLink } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ShareSummary } from "@/lib/shares/share";
import { copyText } from "../message/markdown/copy-text";
import { Button } from "../ui/button";
import { useDayFormat } from "./use-day-format";

/** The link, when there is one: to copy, to open, and where all of them are. */
export function Shared({ share, onClose }: { share: ShareSummary; onClose: () => void }) {
  const t = useTranslations("share");
  const day = useDayFormat("long");
  const [state, setState] = useState<"copied" | "copyFailed">();
  const url = `${location.origin}${share.path}`;
  const copy = async () => setState((await copyText(url)) ? "copied" : "copyFailed");
  return (
    <div className="m-auto flex w-full max-w-lg flex-col gap-5 p-6">
      <h3 className="font-semibold text-2xl tracking-tight">{t("done")}</h3>
      <p className="text-muted">
        {share.expiresAt ? t("until", { date: day(share.expiresAt) }) : t("forEver")}{" "}
        {share.hasPassword && t("withPassword")}
      </p>
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          value={url}
          aria-label={t("link")}
          onFocus={(event) => event.target.select()}
          className="h-11 min-w-0 flex-1 basis-64 rounded-sm border border-control bg-surface px-3 font-mono text-sm"
        />
        <Button look="primary" autoFocus onClick={() => void copy()} className="h-11">
          {state === "copied" ? (
            <Check size={16} aria-hidden="true" />
          ) : (
            <Copy size={16} aria-hidden="true" />
          )}
          {t(state ?? "copy")}
        </Button>
      </div>
      <span role="status" className="sr-only">
        {state && t(state)}
      </span>
      <p className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <a
          href={share.path}
          target="_blank"
          rel="noopener"
          className="inline-flex min-h-9 items-center gap-1.5 font-medium text-accent underline underline-offset-4"
        >
          {t("open")} <ExternalLink size={14} aria-hidden="true" />
        </a>
        <Link
          href="/shares"
          prefetch={false}
          onClick={onClose}
          className="inline-flex min-h-9 items-center font-medium text-accent underline underline-offset-4"
        >
          {t("allShares")}
        </Link>
      </p>
    </div>
  );
}
