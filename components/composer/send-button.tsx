import { ArrowUp, ListPlus, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { IconButton } from "../ui/button";
import { returnToComposer } from "./focus";
import { useStop } from "./use-stop";

interface Props {
  threadId: string;
  runningId: string | null;
  /** There is nothing that can be sent. */
  disabled: boolean;
}

/** Sends; while an answer is written it stops that. One button, so that the focus stays; beside it one to queue. */
export function SendButton({ threadId, runningId, disabled }: Props) {
  const t = useTranslations("composer");
  const { stopping, stop } = useStop(threadId, runningId);
  const pressed = (event: MouseEvent) => {
    if (!runningId) return;
    event.preventDefault();
    // The second half of a double click on Send is no wish to stop.
    if (event.detail < 2) stop();
    // By keyboard: the button cannot keep the focus once there is nothing to stop and nothing to send.
    if (event.detail === 0) returnToComposer();
  };
  const label = runningId ? t(stopping ? "stopping" : "stop") : t("send");
  return (
    <>
      {runningId && !disabled && <QueueButton />}
      <IconButton
        type="submit"
        look={runningId && !disabled ? "plain" : "primary"}
        label={label}
        disabled={!runningId && disabled}
        aria-disabled={stopping || undefined}
        // The field keeps the focus, and a phone its keyboard.
        onPointerDown={(event) => event.preventDefault()}
        onClick={pressed}
        className="rounded-md aria-disabled:opacity-55"
      >
        {runningId ? (
          <Square size={14} fill="currentColor" aria-hidden="true" />
        ) : (
          <ArrowUp size={20} aria-hidden="true" />
        )}
      </IconButton>
    </>
  );
}

/** Sends what was typed meanwhile, after the answer. */
function QueueButton() {
  const t = useTranslations("composer");
  return (
    <IconButton
      type="submit"
      look="primary"
      label={t("queue")}
      onPointerDown={(event) => event.preventDefault()}
      className="rounded-md"
    >
      <ListPlus size={18} aria-hidden="true" />
    </IconButton>
  );
}
