import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { OwnPicture } from "@/lib/images/schema";
import { Picture } from "../image/picture";
import { Button, IconButton } from "../ui/button";

interface Props {
  picture: OwnPicture;
  onRemove: (id: string) => void;
}

/** A picture, small: it leads to its message, or can be deleted where no message has it. */
export function PictureCard({ picture, onRemove }: Props) {
  const t = useTranslations("pictures");
  const { place, name } = picture;
  const words = picture.caption ?? name;
  return (
    <li className="flex min-w-0 flex-col">
      {place ? (
        <Link
          href={`/t/${place.threadId}#${place.messageId}`}
          prefetch={false}
          aria-label={t("open", { name: words, title: place.title || t("untitled") })}
          className="group block rounded-md"
        >
          <Thumbnail picture={picture} />
          <p aria-hidden="true" className="mt-1.5 truncate text-sm group-hover:text-accent">
            {place.title || t("untitled")}
          </p>
        </Link>
      ) : (
        <>
          <Thumbnail picture={picture} alt={words} />
          <Unsent name={name} onRemove={() => onRemove(picture.id)} />
        </>
      )}
    </li>
  );
}

/** Cropped to a square; its room is there before its bytes are. */
const Thumbnail = ({ picture, alt = "" }: { picture: OwnPicture; alt?: string }) => (
  <Picture
    src={`/api/images/${picture.id}/thumbnail`}
    alt={alt}
    width={240}
    height={240}
    loading="lazy"
    className="aspect-square w-full rounded-md border border-line bg-raised object-cover transition-opacity duration-120 group-hover:opacity-90"
  />
);

/** Asks before it deletes, in its place. */
function Unsent({ name, onRemove }: { name: string; onRemove: () => void }) {
  const t = useTranslations("pictures");
  const [asking, setAsking] = useState(false);
  if (asking)
    return (
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        <Button look="danger" onClick={onRemove} autoFocus>
          {t("delete")}
        </Button>
        <Button onClick={() => setAsking(false)}>{t("keep")}</Button>
      </div>
    );
  return (
    <div className="mt-1 flex items-center gap-1">
      <p className="min-w-0 flex-1 truncate text-muted text-sm">{t("unsent")}</p>
      <IconButton label={t("deleteNamed", { name })} onClick={() => setAsking(true)} className="text-muted">
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
