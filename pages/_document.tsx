import Document, { type DocumentContext, type DocumentProps, Html, Main, NextScript } from "next/document";
import { HeadWithStyles } from "@/components/share/page/head";
import { withNamedRedactions } from "@/components/share/page/redactions";

/** The language and the appearance are attributes that the server writes: no script, no flash. */
export default function SharedHtml({ __NEXT_DATA__ }: DocumentProps) {
  const { locale = "en", theme = "system", nonce } = __NEXT_DATA__.props.pageProps ?? {};
  return (
    <Html lang={locale} data-theme={theme}>
      <HeadWithStyles nonce={nonce}>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </HeadWithStyles>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}

SharedHtml.getInitialProps = async (context: DocumentContext) => {
  const { html, ...rest } = await Document.getInitialProps(context);
  return { ...rest, html: withNamedRedactions(html) };
};
