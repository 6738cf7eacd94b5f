"use client";

import { useTranslations } from "next-intl";
import { TextField } from "@/components/ui/text-field";
import { register } from "@/lib/client/people";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "@/lib/users/person";
import { PasswordField } from "./password-field";
import { SubmitButton } from "./submit-button";
import { Trouble } from "./trouble";
import { useSending } from "./use-sending";

/** `next`: where to go afterwards, as the address says. */
export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations("auth");
  const { busy, trouble, onSubmit } = useSending(
    (fields) =>
      register({
        name: String(fields.get("name")),
        email: String(fields.get("email")),
        password: String(fields.get("password")),
      }),
    next,
  );
  return (
    <form method="post" onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-5">
      <TextField label={t("name")} name="name" autoComplete="name" required maxLength={80} />
      <TextField
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
      />
      <PasswordField
        name="password"
        autoComplete="new-password"
        hint={t("passwordRules", { shortest: SHORTEST_PASSWORD })}
        required
        minLength={SHORTEST_PASSWORD}
        maxLength={LONGEST_PASSWORD}
      />
      <Trouble text={trouble} />
      <SubmitButton busy={busy}>{t("register.submit")}</SubmitButton>
    </form>
  );
}
