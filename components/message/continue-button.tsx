import { StepForward } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";

/** Has the model go on where the answer broke off. */
export function ContinueButton({ onContinue }: { onContinue: () => void }) {
  const t = useTranslations("chat");
  return (
    <Button look="quiet" onClick={onContinue} className="px-2.5 text-accent">
      <StepForward size={16} aria-hidden="true" />
      {t("continue")}
    </Button>
  );
}
