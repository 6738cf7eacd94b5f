import { StepForward } from "lucide-react";
import { useTranslations } from "next-intl";
import { returnToComposer } from "../composer/focus";
import { Button } from "../ui/button";

/** Has the model go on where the answer broke off. */
export function ContinueButton({ onContinue }: { onContinue: () => void }) {
  const t = useTranslations("chat");
  const pressed = () => {
    onContinue();
    returnToComposer();
  };
  return (
    <Button look="quiet" onClick={pressed} className="px-2.5 text-accent">
      <StepForward size={16} aria-hidden="true" />
      {t("continue")}
    </Button>
  );
}
