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
  const next = nextPath((await searchParams).next);
  if (await currentPerson()) redirect(next);
  if (!(await someoneRegistered())) redirect(withNext("/register", next));
  return (
    <AuthPage kind="signIn" otherHref={withNext("/register", next)}>
      <SignInForm next={next} />
    </AuthPage>
  );
}
