"use client";

import { ExternalLink, Lock, RefreshCw, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { moreShares, revokeShare } from "@/lib/client/shares";
import type { SharePage, ShareSummary } from "@/lib/shares/share";
import { Button } from "../ui/button";
import { useOnDemand } from "../ui/on-demand";
import { ListPage, More } from "./list-page";
import { Revoke } from "./revoke";
import { useDayFormat } from "./use-day-format";
import { useRows } from "./use-rows";

const loadDialog = async () => (await import("./share-dialog")).ShareDialog;

/** One's own shares: what, since when, until when, how often it was opened; open, update, revoke. */
export function SharesList({ first, administrator }: { first: SharePage; administrator: boolean }) {
  const t = useTranslations("share");
  const { rows, next, replace, remove, more, busy } = useRows(first, moreShares);
  return (
    <ListPage title={t("allShares")} text={t("listText")}>
      {administrator && (
        <Link
          href="/admin/shares"
          prefetch={false}
          className="mb-4 inline-flex min-h-9 items-center font-medium text-accent text-sm underline underline-offset-4"
        >
          {t("admin.title")}
        </Link>
      )}
      {rows.length === 0 ? (
        <p className="rounded-md border border-line bg-surface p-6 text-muted">{t("empty")}</p>
      ) : (
        <ul className="flex flex-col gap-3" aria-label={t("allShares")}>
          {rows.map((share) => (
            <Row key={share.id} share={share} onChanged={replace} onRevoked={() => remove(share.id)} />
          ))}
        </ul>
      )}
      {next && <More busy={busy} onClick={more} />}
    </ListPage>
  );
}

interface RowProps {
  share: ShareSummary;
  onChanged: (share: ShareSummary) => void;
  onRevoked: () => void;
}

function Row({ share, onChanged, onRevoked }: RowProps) {
  const t = useTranslations("share");
  const day = useDayFormat("medium");
  const [updating, setUpdating] = useState(false);
  const [revoking, setRevoking] = useState(false);
  const { View: ShareDialog, ask } = useOnDemand(loadDialog);
  const end = !share.live
    ? t("ended")
    : share.expiresAt
      ? t("ends", { date: day(share.expiresAt) })
      : t("neverEnds");
  return (
    <li className="rounded-md border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 dir="auto" className="flex items-center gap-2 font-medium">
            <span className="truncate">{share.title}</span>
            {share.hasPassword && (
              <Lock size={14} aria-label={t("hasPassword")} className="shrink-0 text-muted" />
            )}
          </h2>
          <p className="mt-1 text-muted text-sm">
            {t("holds", { messages: share.messages, pictures: share.pictures })}
            {" · "}
            {t("since", { date: day(share.updatedAt) })}
            {" · "}
            <span className={share.live ? undefined : "text-danger"}>{end}</span>
            {" · "}
            {t("views", { count: share.views })}
          </p>
        </div>
        <div className="flex flex-wrap gap-1.5">
          {share.live && (
            <a
              href={share.path}
              target="_blank"
              rel="noopener"
              className="inline-flex h-9 items-center gap-2 rounded-sm border border-control px-3 font-medium text-sm hover:bg-raised pointer-coarse:h-11"
            >
              <ExternalLink size={15} aria-hidden="true" /> {t("open")}
            </a>
          )}
          <Button onClick={() => void ask().then(setUpdating)} className="px-3">
            <RefreshCw size={15} aria-hidden="true" /> {t("update")}
          </Button>
          <Button look="danger" onClick={() => setRevoking(true)} className="px-3">
            <Trash2 size={15} aria-hidden="true" /> {t("revoke.do")}
          </Button>
        </div>
      </div>
      {ShareDialog && (
        <ShareDialog
          open={updating}
          onClose={() => setUpdating(false)}
          threadId={share.threadId}
          shareId={share.id}
          onShared={onChanged}
        />
      )}
      <Revoke
        open={revoking}
        onClose={() => setRevoking(false)}
        text={t("revoke.text", { title: share.title })}
        revoke={() => revokeShare(share.id)}
        onRevoked={onRevoked}
      />
    </li>
  );
}
