import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef } from "react";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";

/** How far above the visible part the top may be, CSS pixels. */
const NEAR = 1_500;

interface Props {
  scroller: RefObject<HTMLElement | null>;
  /** Place of the first turn that is drawn: another one, another look. */
  from: number;
  failed: boolean;
  onNear: () => void;
}

/** Stands above the turns while earlier ones are to come: hurries when the person comes near, says when they do not. */
export function Earlier({ scroller, from, failed, onNear }: Props) {
  const t = useTranslations("chat.earlier");
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a top still in sight after more came is a new one
  useEffect(() => {
    if (failed || !box.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onNear(),
      { root: scroller.current, rootMargin: `${NEAR}px 0px 0px 0px` },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [scroller, from, failed, onNear]);
  return (
    <div ref={box} className="flex min-h-11 items-center justify-center gap-3 text-muted text-sm">
      {failed ? (
        <>
          <p role="alert">{t("failed")}</p>
          <Button onClick={onNear}>{t("again")}</Button>
        </>
      ) : (
        <>
          <Spinner />
          <span className="sr-only">{t("loading")}</span>
        </>
      )}
    </div>
  );
}
