import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { problemOf } from "@/lib/client/api";
import {
  readSettings,
  type SettingsView,
  setEverybodysSettings,
  setPersonSettings,
  setThreadSettings,
} from "@/lib/client/threads/settings";
import type { ThreadSettings } from "@/lib/threads/settings";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useProblemSentence } from "../ui/sentences";
import { Spinner } from "../ui/spinner";
import { toast } from "../ui/toast";
import { type Scope, ScopeChoice } from "./scope-choice";
import { SettingsForm } from "./settings-form";

interface Props {
  threadId: string;
  open: boolean;
  onClose: () => void;
}

/** How this conversation is answered, and how all are that set nothing of their own; everybody's, too, for administrators. */
export function SettingsDialog({ threadId, open, onClose }: Props) {
  const t = useTranslations("conversation.settings");
  const sentence = useProblemSentence();
  const titleId = useId();
  const [scope, setScope] = useState<Scope>("thread");
  const [view, setView] = useState<SettingsView>();
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);

  const read = useEffectEvent(async () => {
    setView(undefined);
    setTrouble(undefined);
    setScope("thread");
    await readSettings(threadId).then(setView, (error) => setTrouble(sentence(problemOf(error))));
  });
  useEffect(() => {
    if (open) void read();
  }, [open]);

  const save = async (settings: ThreadSettings) => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await SAVE[scope](threadId, settings);
      onClose();
      toast({ text: t(`saved.${scope}`) });
    } catch (error) {
      setTrouble(sentence(problemOf(error)));
    }
    setBusy(false);
  };

  return (
    <Dialog open={open} onClose={onClose} labelledBy={titleId} className="max-h-[calc(100dvh-2rem)] max-w-xl">
      <div className="flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto p-6">
        <h2 id={titleId} className="font-semibold text-lg">
          {t("title")}
        </h2>
        {view ? (
          <>
            <ScopeChoice scope={scope} scopes={scopesOf(view)} onScope={setScope} />
            <SettingsForm
              key={scope}
              {...shown(view, scope)}
              busy={busy}
              onSave={(settings) => void save(settings)}
              onCancel={onClose}
            />
          </>
        ) : (
          !trouble && (
            <p className="flex min-h-40 items-center justify-center text-muted">
              <Spinner />
              <span className="sr-only">{t("loading")}</span>
            </p>
          )
        )}
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {trouble}
          </p>
        )}
        {!view && trouble && (
          <Button className="self-end" onClick={onClose}>
            {t("close")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

const SAVE: Record<Scope, (threadId: string, settings: ThreadSettings) => Promise<void>> = {
  thread: setThreadSettings,
  person: (_, settings) => setPersonSettings(settings),
  everybody: (_, settings) => setEverybodysSettings(settings),
};

const scopesOf = ({ everybody }: SettingsView): Scope[] =>
  everybody ? ["thread", "person", "everybody"] : ["thread", "person"];

/** What is set there, what holds where nothing is, and the models to choose among: the operator sets everybody's. */
function shown({ thread, person, installation, models, everybody }: SettingsView, scope: Scope) {
  if (scope === "thread") return { settings: thread, defaults: { ...installation, ...person }, models };
  if (scope === "person" || !everybody) return { settings: person, defaults: installation, models };
  return { settings: everybody.own, defaults: everybody.unset, models: [] };
}
