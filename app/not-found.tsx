import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeadEnd } from "@/components/ui/dead-end";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: t("notFound.title") };
}

export default async function NotFound() {
  const t = await getTranslations("common");
  return <DeadEnd title={t("notFound.title")} text={t("notFound.text")} />;
}
