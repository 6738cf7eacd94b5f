import Document, {
  type DocumentContext,
  type DocumentProps,
  Head,
  Html,
  Main,
  NextScript,
} from "next/document";
import { withNamedRedactions } from "@/components/share/page/redactions";

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

SharedHtml.getInitialProps = async (context: DocumentContext) => {
  const { html, ...rest } = await Document.getInitialProps(context);
  return { ...rest, html: withNamedRedactions(html) };
};
