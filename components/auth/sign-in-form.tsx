"use client";

import { useTranslations } from "next-intl";
import { TextField } from "@/components/ui/text-field";
import { signIn } from "@/lib/client/people";
import { PasswordField } from "./password-field";
import { SubmitButton } from "./submit-button";
import { Trouble } from "./trouble";
import { useSending } from "./use-sending";

/** `next`: where to go afterwards, as the address says. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("auth");
  const { busy, trouble, onSubmit } = useSending(
    (fields) => signIn(String(fields.get("email")), String(fields.get("password"))),
    next,
  );
  return (
    <form method="post" onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-5">
      <TextField
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
      />
      <PasswordField name="password" autoComplete="current-password" required maxLength={200} />
      <Trouble text={trouble} />
      <SubmitButton busy={busy}>{t("signIn.submit")}</SubmitButton>
    </form>
  );
}
