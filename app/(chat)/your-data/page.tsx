import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DataPage } from "@/components/transfer/data-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("transfer"))("title") };
}

/** What is one's own: to take along, and to bring here. */
export default function OwnData() {
  return <DataPage />;
}
