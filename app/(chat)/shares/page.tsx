import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SharesList } from "@/components/share/shares-list";
import { currentPerson } from "@/lib/http/person";
import { listShares } from "@/lib/shares/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("share"))("allShares") };
}

/** What the person who is looking has shared. */
export default async function SharesPage() {
  const somebody = await currentPerson();
  // The layout sends whoever is not signed in away.
  if (!somebody) return null;
  const first = await listShares(somebody.actor, {});
  return <SharesList first={first} administrator={somebody.actor.role === "administrator"} />;
}
