import { useTranslations } from "next-intl";

interface Props {
  /** Text has come already. */
  begun: boolean;
  /** How long the wait may be. */
  seconds: number | undefined;
  /** In the line of all who ask now; none: the provider asked to wait. */
  place: number | undefined;
}

/** Stands where the first line will be, as high as it; later only a sentence when there is a wait. */
export function Waiting({ begun, seconds, place }: Props) {
  const t = useTranslations("chat");
  if (begun && seconds === undefined) return null;
  return (
    <p className="flex min-h-[1.6rem] items-center gap-3 text-muted">
      {!begun && (
        <span aria-hidden="true" className="flex gap-1">
          <span className={DOT} />
          <span className={`${DOT} [animation-delay:200ms]`} />
          <span className={`${DOT} [animation-delay:400ms]`} />
        </span>
      )}
      {seconds !== undefined && (
        <span className="text-sm">
          {place === undefined ? t("waiting", { seconds }) : t("inLine", { place, seconds })}
        </span>
      )}
    </p>
  );
}

const DOT = "size-1.5 animate-pulse rounded-full bg-muted";
