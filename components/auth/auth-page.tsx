import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** `next`: where to go afterwards, unchecked. `left`: there when an account has just been deleted. */
export type AuthSearch = Promise<{ next?: string | string[]; left?: string }>;

interface AuthPageProps {
  kind: "signIn" | "register";
  /** The way to the other one; null where there is none. */
  otherHref: string | null;
  /** Said above the form. */
  note?: string | undefined;
  children: ReactNode;
}

/** A heading, the form, and the way to the other form. */
export function AuthPage({ kind, otherHref, note, children }: AuthPageProps) {
  const t = useTranslations("auth");
  return (
    <>
      <h1 className="text-center font-semibold text-xl tracking-tight">{t(`${kind}.title`)}</h1>
      {note && <p className="rounded-sm bg-accent-soft px-3 py-2 text-sm">{note}</p>}
      {children}
      {otherHref && (
        <p className="text-center text-muted text-sm">
          {t(`${kind}.other`)}{" "}
          <Link href={otherHref} className="font-medium text-accent underline underline-offset-3">
            {t(`${kind}.otherLink`)}
          </Link>
        </p>
      )}
    </>
  );
}
