import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ContinueShare } from "@/components/share/continue-share";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("share.continue"))("title") };
}

interface Props {
  params: Promise<{ shareToken: string }>;
}

/** Where "Continue as my own" leads: who is not signed in signs in first, and comes back here. */
export default async function ContinuePage({ params }: Props) {
  return <ContinueShare token={(await params).shareToken} />;
}
