import { EyeOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { TEMPORARY_PATH } from "../thread/use-thread-id";

/** From a new chat to one that is kept nowhere. */
export function TemporaryLink() {
  const t = useTranslations("conversation.temporary");
  return (
    <Link
      href={TEMPORARY_PATH}
      prefetch={false}
      className="mt-5 -ml-2.5 inline-flex min-h-9 items-center gap-2 rounded-sm px-2.5 text-muted text-sm transition-colors hover:bg-raised hover:text-ink pointer-coarse:min-h-11"
    >
      <EyeOff size={16} aria-hidden="true" />
      {t("begin")}
    </Link>
  );
}
