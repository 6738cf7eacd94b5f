import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, IconButton } from "../ui/button";

interface Props {
  /** An answer is being written. */
  growing: boolean;
  onPress: () => void;
}

/** Leads to the end of the thread; says so when text has come there since the person left it. */
export function EndButton({ growing, onPress }: Props) {
  const t = useTranslations("chat");
  const [grown, setGrown] = useState(growing);
  if (growing && !grown) setGrown(true);
  const icon = <ArrowDown size={16} aria-hidden="true" />;
  return (
    <div className="absolute bottom-3 left-1/2 -translate-x-1/2 transition-opacity duration-180 starting:opacity-0">
      {grown ? (
        <Button onClick={onPress}>
          {t("newText")}
          {icon}
        </Button>
      ) : (
        <IconButton look="plain" label={t("toEnd")} onClick={onPress}>
          {icon}
        </IconButton>
      )}
    </div>
  );
}
