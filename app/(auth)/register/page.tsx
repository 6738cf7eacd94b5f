import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPage, type AuthSearch } from "@/components/auth/auth-page";
import { nextPath, withNext } from "@/components/auth/next-path";
import { RegisterForm } from "@/components/auth/register-form";
import { currentPerson } from "@/lib/http/person";
import { someoneRegistered } from "@/lib/users/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("register.title") };
}

export default async function RegisterPage({ searchParams }: { searchParams: AuthSearch }) {
  const next = nextPath((await searchParams).next);
  if (await currentPerson()) redirect(next);
  const first = !(await someoneRegistered());
  const t = await getTranslations("auth");
  return (
    <AuthPage
      kind="register"
      otherHref={first ? null : withNext("/sign-in", next)}
      note={first ? t("register.first") : undefined}
    >
      <RegisterForm next={next} />
    </AuthPage>
  );
}
