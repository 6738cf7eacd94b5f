import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ClientMessage } from "@/lib/client/threads";
import { returnToComposer } from "../composer/focus";
import { Button, IconButton } from "../ui/button";
import { minutesOf } from "../ui/sentences";
import { useWait } from "./use-wait";

interface Props {
  message: ClientMessage;
  onRetry: () => void;
}

/** Asks again: in words after a bad end, counting down where the provider asked to wait. */
export function RetryButton({ message, onRetry }: Props) {
  const t = useTranslations("chat");
  const wait = useWait(message);
  const pressed = () => {
    onRetry();
    returnToComposer();
  };
  const icon = <RotateCw size={16} aria-hidden="true" />;
  if (message.status === "complete") {
    return (
      <IconButton label={t("retry")} onClick={pressed} className="text-muted hover:text-ink">
        {icon}
      </IconButton>
    );
  }
  return (
    <Button look="quiet" disabled={wait > 0} onClick={pressed} className="px-2.5 text-accent tabular-nums">
      {icon}
      {wait > 0 ? t("retryIn", { seconds: wait, minutes: minutesOf(wait) }) : t("retry")}
    </Button>
  );
}
