import { getTranslations } from "next-intl/server";
import { DeadEnd } from "@/components/ui/dead-end";

/** A thread that is not there, was deleted, or belongs to somebody else: nobody learns which. */
export default async function ThreadNotFound() {
  const t = await getTranslations("chat.missing");
  return <DeadEnd inside title={t("heading")} text={t("line")} home={t("new")} />;
}
