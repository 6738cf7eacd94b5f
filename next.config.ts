import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types and lint are steps of `npm test`; a person's first start should not wait for them.
  typescript: { ignoreBuildErrors: true },
  distDir: process.env.LEEWARD_DIST || ".next",
  serverExternalPackages: ["better-sqlite3", "@node-rs/argon2", "sharp", "pino", "redis"],
  // Shared pages (pages/) are bundled like the rest, so that next-intl reads messages in the one form they are built in.
  bundlePagesRouterDependencies: true,
  images: { unoptimized: true },
  devIndicators: false,
  // Their addresses carry their contents' hash, and browsers ask for the icon anew whenever the address of the page
  // changes: at the very moment that a first question is sent.
  headers: async () =>
    ["/icon.svg", "/apple-icon.png"].map((source) => ({
      source,
      headers: [{ key: "cache-control", value: "public, max-age=31536000, immutable" }],
    })),
};

export default createNextIntlPlugin({
  requestConfig: "./lib/i18n/request.ts",
  experimental: {
    // Messages are parsed when building: the browser gets a small formatter instead of the parser, 9 KB less.
    messages: {
      format: "json",
      path: ["./lib/i18n/messages/en", "./lib/i18n/messages/de"],
      locales: "infer",
      precompile: true,
    },
  },
})(config);
