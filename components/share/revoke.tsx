import { useTranslations } from "next-intl";
import { problemOf } from "@/lib/client/api";
import { Confirm } from "../ui/confirm";
import { toast } from "../ui/toast";

interface Props {
  open: boolean;
  onClose: () => void;
  text: string;
  revoke: () => Promise<void>;
  onRevoked: () => void;
}

/** Asks first: what was taken back cannot be given again under the same link. */
export function Revoke({ open, onClose, text, revoke, onRevoked }: Props) {
  const t = useTranslations("share.revoke");
  const go = async () => {
    await revoke().catch((error) => {
      // Gone already, from another tab say: that is what was wanted.
      if (problemOf(error).code !== "not-found") throw error;
    });
    onClose();
    onRevoked();
    toast({ text: t("done") });
  };
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={t("title")}
      text={text}
      action={t("do")}
      look="danger"
      run={go}
    />
  );
}
