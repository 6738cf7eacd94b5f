import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { saveDrafts } from "@/lib/client/drafts/keeper";
import { hearShareSheet, takeSharedIn } from "@/lib/client/shared-in";
import { toast } from "../ui/toast";
import type { ComposerDraft } from "./composer-draft";

/**
 * Puts what a telephone's share sheet handed over into a new conversation's draft, and says so when it did not get
 * here: from now on it would.
 */
export function useSharedIn(draft: ComposerDraft, add: (picked: { files: File[] }) => void): void {
  const t = useTranslations("composer");
  const take = useEffectEvent(async () => {
    hearShareSheet();
    if (draft.temporary || location.pathname !== "/") return;
    if (location.search === MISSED) {
      history.replaceState(history.state, "", "/");
      toast({ text: t("sharedMissed"), bad: true });
    }
    await takeSharedIn(async ({ text, files }) => {
      const texts = [draft.view().text, text].filter((part) => part.trim() !== "");
      draft.setText(texts.join("\n\n"));
      if (files.length > 0) add({ files });
      await saveDrafts();
    });
  });
  // What could not be taken stays where it is, for the next time.
  useEffect(() => void take().catch(() => {}), []);
}

/** Where app/share-target/page.tsx leads to. */
const MISSED = "?shared=missed";
