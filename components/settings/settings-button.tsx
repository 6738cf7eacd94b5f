import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { createPortal } from "react-dom";
import { IconButton } from "../ui/button";
import { useOnDemand } from "../ui/on-demand";

const load = async () => (await import("./settings-dialog")).SettingsDialog;

/** Opens how this conversation is answered. */
export function SettingsButton({ threadId }: { threadId: string }) {
  const t = useTranslations("conversation.settings");
  const [open, setOpen] = useState(false);
  const { View: SettingsDialog, ask } = useOnDemand(load);
  return (
    <>
      <IconButton
        label={t("open")}
        className="text-muted hover:text-ink"
        onClick={() => void ask().then(setOpen)}
      >
        <SlidersHorizontal size={18} aria-hidden="true" />
      </IconButton>
      {/* Not inside the composer's form: browsers let no form within a form tell of its submission. */}
      {SettingsDialog &&
        createPortal(
          <SettingsDialog threadId={threadId} open={open} onClose={() => setOpen(false)} />,
          document.body,
        )}
    </>
  );
}
