import { getTranslations } from "next-intl/server";
import { KeptQuestion } from "@/components/thread/kept-question";
import { DeadEnd } from "@/components/ui/dead-end";

/** A thread that is not there, was deleted, or belongs to somebody else: nobody learns which. */
export default async function ThreadNotFound() {
  const t = await getTranslations("chat.missing");
  return (
    <>
      <KeptQuestion />
      <DeadEnd inside title={t("heading")} text={t("line")} home={t("new")} />
    </>
  );
}
