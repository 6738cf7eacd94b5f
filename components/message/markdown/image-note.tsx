"use client";

import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { safeLink } from "./safe-link";

/**
 * What stands for a picture in an answer. It is never loaded, as its address could carry the conversation to
 * whoever the model was told to name; the person may follow the link.
 */
export function ImageNote({ alt, href, inLink }: { alt: string; href: string; inLink: boolean }) {
  const t = useTranslations("markdown");
  const url = inLink ? null : safeLink(href);
  return (
    <span className="md-image">
      <ImageOff aria-hidden size={16} />
      <span className="md-image-text">
        <span className="md-image-state">{t("imageNotLoaded")}</span>
        {alt && <span>{alt}</span>}
        {url?.hostname && (
          <a href={url.href} title={url.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {url.hostname}
          </a>
        )}
      </span>
    </span>
  );
}
