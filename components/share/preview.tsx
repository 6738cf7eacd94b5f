import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { type Draft, previewPath } from "./draft";

/** Typing is over when nothing has changed for so long, in milliseconds. */
const REST_MS = 250;

/** The very page that others will get, of what is chosen now. */
export function Preview({ threadId, draft }: { threadId: string; draft: Draft }) {
  const t = useTranslations("share");
  // There is no page of nothing.
  if (draft.messages.length === 0) return <p className="p-6 text-center text-muted">{t("noMessages")}</p>;
  const path = previewPath(threadId, draft);
  if (path === null) return <p className="p-6 text-center text-muted">{t("noPreview")}</p>;
  return <Frames path={path} title={t("previewTitle")} />;
}

/** The page at `path`. The one before stays until the next has come. */
function Frames({ path, title }: { path: string; title: string }) {
  const [shown, setShown] = useState(path);
  const [coming, setComing] = useState<string | null>(null);
  useEffect(() => {
    if (path === shown) return setComing(null);
    const timer = setTimeout(() => setComing(path), REST_MS);
    return () => clearTimeout(timer);
  }, [path, shown]);
  // Both have their address as key: the one that has come is not loaded again when it takes the other's place.
  const frames = coming && coming !== shown ? [shown, coming] : [shown];
  return (
    <div className="relative h-full min-h-0 overflow-hidden border-line bg-bg md:rounded-md md:border">
      {frames.map((address) => (
        <iframe
          key={address}
          src={address}
          title={title}
          aria-hidden={address !== shown || undefined}
          tabIndex={address === shown ? undefined : -1}
          onLoad={() => address === coming && setShown(address)}
          className={`absolute inset-0 size-full ${address === shown ? "" : "invisible"}`}
        />
      ))}
    </div>
  );
}
