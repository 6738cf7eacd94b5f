import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { OwnPicture } from "@/lib/images/schema";
import { Picture } from "../image/picture";
import { Button, IconButton } from "../ui/button";

interface Props {
  picture: OwnPicture;
  /** Answers whether it is gone. */
  onRemove: (id: string) => Promise<boolean>;
}

/** A picture, small: it leads to its message, or can be deleted where no message has it. */
export function PictureCard({ picture, onRemove }: Props) {
  const t = useTranslations("pictures");
  const { place, name } = picture;
  const words = picture.caption ?? name;
  const card = useRef<HTMLLIElement>(null);
  const remove = async () => {
    const next = card.current && neighbourOf(card.current);
    if (await onRemove(picture.id)) next?.focus();
  };
  return (
    <li ref={card} data-picture="" className="flex min-w-0 flex-col">
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
          <Unsent name={name} onRemove={remove} />
        </>
      )}
    </li>
  );
}

/** Where the keys go on when a picture is gone. */
function neighbourOf(card: HTMLElement): HTMLElement | undefined {
  const cards = [...document.querySelectorAll<HTMLElement>("[data-picture]")];
  const at = cards.indexOf(card);
  return (cards[at + 1] ?? cards[at - 1])?.querySelector<HTMLElement>("a, button") ?? undefined;
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
  const button = useRef<HTMLButtonElement>(null);
  const kept = useRef(false);
  // Where it was before the question.
  useEffect(() => {
    if (!asking && kept.current) button.current?.focus();
    kept.current = asking;
  }, [asking]);
  const keep = () => setAsking(false);
  if (asking)
    return (
      <fieldset className="mt-1.5 flex flex-wrap gap-1.5" onKeyDown={({ key }) => key === "Escape" && keep()}>
        <Button look="danger" onClick={onRemove} autoFocus>
          {t("delete")}
        </Button>
        <Button onClick={keep}>{t("keep")}</Button>
      </fieldset>
    );
  return (
    <div className="mt-1 flex items-center gap-1">
      <p className="min-w-0 flex-1 truncate text-muted text-sm">{t("unsent")}</p>
      <IconButton
        ref={button}
        label={t("deleteNamed", { name })}
        onClick={() => setAsking(true)}
        className="text-muted"
      >
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
