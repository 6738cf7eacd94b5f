import { Moon, Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Mark } from "@/components/ui/mark";

/** Whose page it is, and what a browser with a script can do with it. */
export function Bar() {
  const t = useTranslations("sharePage");
  return (
    <header className="bar">
      <span className="brand">
        <Mark className="mark" />
        {t("brand")}
      </span>
      <button type="button" data-theme-toggle="" aria-label={t("theme")} title={t("theme")}>
        <Moon size={18} aria-hidden="true" />
      </button>
      <button type="button" data-print="" aria-label={t("print")} title={t("print")}>
        <Printer size={18} aria-hidden="true" />
      </button>
      <span
        id="told"
        role="status"
        className="md-offscreen"
        data-copied={t("copied")}
        data-failed={t("copyFailed")}
      />
    </header>
  );
}

/** A page with nothing to read: says why, and where to go if anywhere. */
export function Closed({
  title,
  text,
  link,
}: {
  title: string;
  text: string;
  link?: { href: string; words: string };
}) {
  return (
    <div className="closed">
      <h1>{title}</h1>
      <p>{text}</p>
      {link && (
        <a className="primary" href={link.href}>
          {link.words}
        </a>
      )}
    </div>
  );
}

/** Works without a script; `trouble` comes back in the address, "wrong" or seconds to wait. */
export function PasswordForm({ action, trouble }: { action: string; trouble: string }) {
  const t = useTranslations("sharePage.password");
  const seconds = /^\d{1,5}$/.test(trouble) ? Number(trouble) : null;
  const wrong =
    trouble === "wrong"
      ? t("wrong")
      : seconds === null
        ? null
        : t("wait", { minutes: Math.ceil(seconds / 60) });
  return (
    <form method="post" action={action} className="closed">
      <h1>{t("title")}</h1>
      <p>{t("text")}</p>
      <label htmlFor="password">{t("label")}</label>
      <input
        id="password"
        name="password"
        type="password"
        required
        maxLength={200}
        autoComplete="off"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? "wrong" : undefined}
      />
      {wrong && (
        <p id="wrong" role="alert" className="wrong">
          {wrong}
        </p>
      )}
      <button type="submit" className="primary">
        {t("open")}
      </button>
    </form>
  );
}
