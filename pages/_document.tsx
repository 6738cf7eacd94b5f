import { type DocumentProps, Head, Html, Main, NextScript } from "next/document";

/** The language and the appearance are attributes that the server writes: no script, no flash. */
export default function SharedHtml({ __NEXT_DATA__ }: DocumentProps) {
  const { locale = "en", theme = "system" } = __NEXT_DATA__.props.pageProps ?? {};
  return (
    <Html lang={locale} data-theme={theme}>
      <Head>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}
