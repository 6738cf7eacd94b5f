import { useTranslations } from "next-intl";
import { Button } from "../ui/button";

interface ButtonProps {
  /** Of the message. */
  id: string;
  shown: boolean;
  onShown: (shown: boolean) => void;
}

/** Shows and hides what an answer cost. */
export function UsageButton({ id, shown, onShown }: ButtonProps) {
  const t = useTranslations("chat.usage");
  return (
    <Button
      look="quiet"
      aria-expanded={shown}
      aria-controls={shown ? panelOf(id) : undefined}
      onClick={() => onShown(!shown)}
      className="px-2.5 font-normal text-muted hover:text-ink"
    >
      {t("show")}
    </Button>
  );
}

/** The id of the element that it shows. */
export const panelOf = (id: string) => `usage-${id}`;
