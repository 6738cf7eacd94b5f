"use client";

import { Images } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useRef } from "react";
import type { OwnPicture, PicturePage } from "@/lib/images/schema";
import { useNearEnd } from "../sidebar/use-near-end";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { PictureCard } from "./picture-card";
import { usePictures } from "./use-pictures";

/** All of one's pictures by month, each leading to where it was sent. */
export function PicturesPage({ first }: { first: PicturePage }) {
  const t = useTranslations("pictures");
  const { pictures, hasMore, failed, more, remove } = usePictures(first);
  const box = useRef<HTMLDivElement>(null);
  const end = useNearEnd(box, hasMore && !failed, pictures.length, more);
  return (
    <div ref={box} className="h-full overflow-y-auto overscroll-contain">
      <div className="mx-auto max-w-5xl px-4 pt-6 pb-10 sm:px-8">
        <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
        {pictures.length === 0 && !hasMore ? <Empty /> : <Months pictures={pictures} onRemove={remove} />}
        {hasMore && (
          <div ref={end} className="flex min-h-16 items-center justify-center gap-3 text-muted text-sm">
            {failed ? (
              <>
                <p role="alert">{t("failed")}</p>
                <Button onClick={more}>{t("again")}</Button>
              </>
            ) : (
              <>
                <Spinner />
                <span className="sr-only">{t("loading")}</span>
              </>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

interface MonthsProps {
  pictures: readonly OwnPicture[];
  onRemove: (id: string) => Promise<boolean>;
}

function Months({ pictures, onRemove }: MonthsProps) {
  const format = useFormatter();
  const months = new Map<string, OwnPicture[]>();
  for (const picture of pictures) {
    const month = picture.createdAt.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), picture]);
  }
  return [...months].map(([month, own]) => (
    <section key={month} aria-labelledby={`month-${month}`} className="mt-8">
      <h2 id={`month-${month}`} className="mb-3 font-medium text-muted text-sm">
        {format.dateTime(new Date(`${month}-15`), { year: "numeric", month: "long" })}
      </h2>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {own.map((picture) => (
          <PictureCard key={picture.id} picture={picture} onRemove={onRemove} />
        ))}
      </ul>
    </section>
  ));
}

function Empty() {
  const t = useTranslations("pictures");
  return (
    <div className="mt-16 flex flex-col items-center gap-3 text-center">
      <Images size={32} strokeWidth={1.5} aria-hidden="true" className="text-muted" />
      <p className="font-medium">{t("empty")}</p>
      <p className="max-w-sm text-muted">{t("emptyHint")}</p>
      <Link
        href="/"
        className="mt-2 inline-flex h-9 items-center rounded-sm bg-accent px-3.5 font-medium text-on-accent text-sm hover:opacity-90 pointer-coarse:h-11"
      >
        {t("new")}
      </Link>
    </div>
  );
}
