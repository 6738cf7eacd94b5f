import "@fontsource-variable/instrument-sans/wght.css";
import "@fontsource-variable/geist-mono/wght.css";
import "../app/tokens.css";
import "../components/message/markdown/markdown.css";
import "../components/share/page/page.css";
import type { AppProps } from "next/app";

/** Around the shared pages, which are all that there is here: everything else is in app/. */
export default function App({ Component, pageProps }: AppProps) {
  return <Component {...pageProps} />;
}
