"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { moreForeignShares, revokeForeignShare } from "@/lib/client/shares";
import type { ForeignShare } from "@/lib/shares/share";
import { Button } from "../ui/button";
import { ListPage, More } from "./list-page";
import { Revoke } from "./revoke";
import { useDayFormat } from "./use-day-format";
import { useRows } from "./use-rows";

interface Props {
  first: { shares: ForeignShare[]; nextCursor: string | null };
  /** The rules, above the list. */
  children: ReactNode;
}

/** Everybody's shares for an administrator: whose, how much, until when, and taking them back. */
export function ForeignShares({ first, children }: Props) {
  const t = useTranslations("share");
  const { rows, next, remove, more, busy } = useRows(first, moreForeignShares);
  return (
    <ListPage title={t("admin.title")} text={t("admin.text")}>
      {children}
      <h2 className="mt-10 mb-3 font-semibold text-lg">{t("admin.all")}</h2>
      {rows.length === 0 ? (
        <p className="rounded-md border border-line bg-surface p-6 text-muted">{t("admin.empty")}</p>
      ) : (
        <ul className="flex flex-col gap-3" aria-label={t("admin.all")}>
          {rows.map((share) => (
            <Row key={share.id} share={share} onRevoked={() => remove(share.id)} />
          ))}
        </ul>
      )}
      {next && <More busy={busy} onClick={more} />}
    </ListPage>
  );
}

function Row({ share, onRevoked }: { share: ForeignShare; onRevoked: () => void }) {
  const t = useTranslations("share");
  const day = useDayFormat("medium");
  const [revoking, setRevoking] = useState(false);
  const end = !share.live
    ? t("ended")
    : share.expiresAt
      ? t("ends", { date: day(share.expiresAt) })
      : t("neverEnds");
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-line bg-surface p-4">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="truncate font-medium">
          {share.owner} <span className="font-normal text-muted text-sm">{share.email}</span>
        </h3>
        <p className="mt-1 text-muted text-sm">
          {t("holds", { messages: share.messages, pictures: share.pictures })}
          {" · "}
          {t("since", { date: day(share.createdAt) })}
          {" · "}
          <span className={share.live ? undefined : "text-danger"}>{end}</span>
          {" · "}
          {t("views", { count: share.views })}
          {share.hasPassword && ` · ${t("hasPassword")}`}
        </p>
      </div>
      <Button
        look="danger"
        aria-label={t("admin.revoke", { owner: share.owner })}
        onClick={() => setRevoking(true)}
      >
        {t("revoke.do")}
      </Button>
      <Revoke
        open={revoking}
        onClose={() => setRevoking(false)}
        text={t("admin.revokeText", { owner: share.owner })}
        revoke={() => revokeForeignShare(share.id)}
        onRevoked={onRevoked}
      />
    </li>
  );
}
