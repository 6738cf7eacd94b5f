"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { problemOf } from "@/lib/client/api";
import { newId } from "@/lib/client/ids";
import { continueShare } from "@/lib/client/shares";
import { Button } from "../ui/button";
import { useProblemSentence } from "../ui/sentences";

/** Makes the copy when it is asked to, not when an address is opened. */
export function ContinueShare({ token }: { token: string }) {
  const t = useTranslations("share.continue");
  const sentence = useProblemSentence();
  const router = useRouter();
  const [threadId] = useState(newId);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const copy = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const { id } = await continueShare(token, threadId);
      router.push(`/t/${id}`);
    } catch (error) {
      const problem = problemOf(error);
      setTrouble(problem.code === "not-found" ? t("gone") : sentence(problem));
      setBusy(false);
    }
  };
  return (
    <div className="mx-auto flex h-full w-full max-w-[752px] flex-col justify-center px-4 py-8">
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 max-w-prose text-muted">{t("text")}</p>
      {trouble && (
        <p role="alert" className="mt-4 text-danger text-sm">
          {trouble}
        </p>
      )}
      <div className="mt-6 flex flex-wrap gap-2">
        <Button look="primary" busy={busy} onClick={() => void copy()}>
          {t("do")}
        </Button>
        <a
          href={`/s/${encodeURIComponent(token)}`}
          className="inline-flex h-9 items-center rounded-sm px-3.5 font-medium text-sm hover:bg-raised pointer-coarse:h-11"
        >
          {t("back")}
        </a>
      </div>
    </div>
  );
}
