import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPage, type AuthSearch } from "@/components/auth/auth-page";
import { nextPath, withNext } from "@/components/auth/next-path";
import { SignInForm } from "@/components/auth/sign-in-form";
import { currentPerson } from "@/lib/http/person";
import { someoneRegistered } from "@/lib/users/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn.title") };
}

export default async function SignInPage({ searchParams }: { searchParams: AuthSearch }) {
  const { next: wanted, left } = await searchParams;
  const next = nextPath(wanted);
  if (await currentPerson()) redirect(next);
  if (!(await someoneRegistered())) redirect(withNext("/register", next));
  const t = await getTranslations("auth");
  return (
    <AuthPage
      kind="signIn"
      otherHref={withNext("/register", next)}
      note={left === undefined ? undefined : t("signIn.left")}
    >
      <SignInForm next={next} />
    </AuthPage>
  );
}
