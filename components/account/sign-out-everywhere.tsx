import { useTranslations } from "next-intl";
import { Confirm } from "@/components/ui/confirm";
import { signOutEverywhere } from "@/lib/client/people";

/** Asks first, because it ends work on other devices. */
export function SignOutEverywhere({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations("sidebar.account");
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={t("everywhereTitle")}
      text={t("everywhereText")}
      action={t("signOutEverywhere")}
      look="primary"
      run={signOutEverywhere}
    />
  );
}
