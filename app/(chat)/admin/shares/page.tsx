import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ForeignShares } from "@/components/share/foreign-shares";
import { SharingRulesForm } from "@/components/share/sharing-rules-form";
import { currentPerson } from "@/lib/http/person";
import { setting } from "@/lib/settings/queries";
import { listForeignShares } from "@/lib/shares/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("share.admin"))("title") };
}

/** The rules of sharing, and everybody's shares without what is in them. For administrators; nobody else learns of it. */
export default async function AdminSharesPage() {
  const somebody = await currentPerson();
  if (somebody?.actor.role !== "administrator") notFound();
  const [rules, first] = await Promise.all([setting("sharing"), listForeignShares(somebody.actor, {})]);
  return (
    <ForeignShares first={first}>
      <SharingRulesForm rules={rules} />
    </ForeignShares>
  );
}
