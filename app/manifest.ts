import type { MetadataRoute } from "next";
import { getTranslations } from "next-intl/server";
import { themeColor } from "@/lib/i18n/locales";

/** What makes it an application on a telephone, to which pictures can be shared from others. */
export default async function manifest(): Promise<Manifest> {
  const t = await getTranslations("common");
  return {
    name: t("name"),
    short_name: t("name"),
    description: t("description"),
    id: "/",
    start_url: "/",
    display: "standalone",
    background_color: themeColor("system", "light"),
    theme_color: themeColor("system", "light"),
    icons: [
      { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    // public/share-worker.js takes it in the browser: it goes through the composer as any other file.
    share_target: {
      action: "/share-target",
      method: "POST",
      enctype: "multipart/form-data",
      params: {
        title: "title",
        text: "text",
        url: "url",
        files: [{ name: "files", accept: ["image/*", ".heic", ".heif", "application/pdf", "text/plain"] }],
      },
    },
  };
}

type Manifest = MetadataRoute.Manifest;
