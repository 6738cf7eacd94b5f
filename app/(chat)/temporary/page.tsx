import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChatScreen } from "@/components/thread/chat-screen";
import { environment } from "@/lib/platform/environment";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("conversation.temporary");
  return { title: t("title") };
}

/** A conversation that is kept nowhere. */
export default function TemporaryPage() {
  return <ChatScreen demo={environment().provider.demo} nonce={null} />;
}
