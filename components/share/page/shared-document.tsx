import Head from "next/head";
import { NextIntlClientProvider, useTranslations } from "next-intl";
import type { Theme } from "@/lib/i18n/locales";
import type { Opened } from "@/lib/shares/viewing";
import { Drawn } from "./drawn";
import type { Formulas } from "./formulas";
import { SharedScript } from "./script";
import { SharedConversation } from "./shared-conversation";
import { Bar, Closed, PasswordForm } from "./surroundings";

export interface SharedDocumentProps {
  locale: string;
  theme: Theme;
  nonce: string;
  messages: Record<string, object>;
  /** Null: there is nothing under this address, or not any more. */
  opened: Opened | null;
  formulas: Formulas;
  /** The share's own address; null for a preview. */
  path: string | null;
  /** Where its pictures are, without the last part. */
  pictures: string;
  /** Of the password: "" | "wrong" | seconds to wait. */
  trouble: string;
  /** Somebody's own conversation, to be printed: nobody shared it. */
  own?: boolean;
}

/** A shared page, whole: rendered on the server alone, with one small script beside it. */
export function SharedDocument(props: SharedDocumentProps) {
  return (
    <NextIntlClientProvider locale={props.locale} timeZone="UTC" messages={props.messages}>
      <SharedHead opened={props.opened} />
      <Bar />
      <main>
        <Drawn formulas={props.formulas}>
          <Content {...props} />
        </Drawn>
      </main>
      <SharedScript nonce={props.nonce} />
    </NextIntlClientProvider>
  );
}

function Content({ opened, path, pictures, trouble, own }: SharedDocumentProps) {
  const t = useTranslations("sharePage");
  if (opened?.state === "open") {
    return <SharedConversation share={opened.share} pictures={pictures} path={path} own={own} />;
  }
  if (opened?.state === "password") return <PasswordForm action={`/api${path}/access`} trouble={trouble} />;
  if (opened?.state === "sign-in") {
    const signIn = { href: `/sign-in?next=${encodeURIComponent(path ?? "/")}`, words: t("signIn.do") };
    return <Closed title={t("signIn.title")} text={t("signIn.text")} link={signIn} />;
  }
  // A preview that is not there: nobody gave its owner a link.
  const why = path === null && !own ? "changed" : "gone";
  return <Closed title={t(`${why}.title`)} text={t(`${why}.text`)} />;
}

/** Where a link is shown as a card it tells nothing, unless its owner wants the title there. */
function SharedHead({ opened }: { opened: Opened | null }) {
  const t = useTranslations("sharePage");
  const share = opened?.state === "open" ? opened.share : null;
  const title = share?.titleInPreview ? share.title : t("generic");
  return (
    <Head>
      <title>{`${title} · Leeward`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="robots" content="noindex, nofollow, noarchive" />
      <meta name="format-detection" content="telephone=no" />
      <meta name="description" content={t("reading")} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={t("reading")} />
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content="Leeward" />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f9fbfb" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0e1519" />
    </Head>
  );
}
