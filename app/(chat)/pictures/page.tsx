import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PicturesPage } from "@/components/pictures/pictures-page";
import { currentPerson } from "@/lib/http/person";
import { listPictures } from "@/lib/images/list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pictures"))("title") };
}

/** All pictures of the person who is looking, newest first. */
export default async function OwnPicturesPage() {
  const somebody = await currentPerson();
  // The layout has sent everybody else to sign in.
  if (!somebody) return null;
  return <PicturesPage first={await listPictures(somebody.actor)} />;
}
