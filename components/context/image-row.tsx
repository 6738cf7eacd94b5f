import { useTranslations } from "next-intl";
import { useId } from "react";
import { IMAGE_CONTEXTS, type ImagePart } from "@/lib/messages/message";
import { CONTEXT_ICONS, useContextChoice } from "../image/context-menu";
import { pictureSource } from "../image/local-pictures";
import { Picture } from "../image/picture";
import { tokensAgain } from "../image/tokens-again";
import { cx } from "../ui/cx";
import { Spinner } from "../ui/spinner";

interface Props {
  messageId: string;
  image: ImagePart;
}

/** One picture of the conversation with its three choices. */
export function ImageRow({ messageId, image }: Props) {
  const t = useTranslations("picture.context");
  const name = useId();
  const { context, busy, choose } = useContextChoice(messageId, image);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line p-2">
      <Picture
        src={pictureSource(image.imageId)}
        alt={image.notes?.caption ?? ""}
        className={cx("size-12 rounded-sm bg-line object-cover", context === "dropped" && "opacity-40")}
      />
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate font-medium">{image.name}</p>
        <p aria-live="polite" className="flex items-center gap-1.5 text-muted tabular-nums">
          {busy && <Spinner />}
          {busy && context === "described"
            ? t("asking")
            : t(`short.${context}`, { tokens: tokensAgain({ ...image, context }) })}
        </p>
      </div>
      <fieldset className="flex rounded-sm border border-control max-sm:w-full">
        <legend className="sr-only">{t("menu", { name: image.name })}</legend>
        {IMAGE_CONTEXTS.map((choice) => {
          const Icon = CONTEXT_ICONS[choice];
          return (
            <label
              key={choice}
              className={cx(
                "flex h-9 cursor-pointer items-center justify-center gap-1.5 px-2.5 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:flex-1 pointer-coarse:h-11",
                "first-of-type:rounded-l-[7px] last-of-type:rounded-r-[7px]",
                choice === context ? "bg-accent-soft text-accent" : "text-muted hover:bg-raised",
              )}
            >
              <input
                type="radio"
                name={name}
                value={choice}
                checked={choice === context}
                onChange={() => choose(choice)}
                className="sr-only"
              />
              <Icon size={14} aria-hidden="true" />
              {t(`brief.${choice}`)}
            </label>
          );
        })}
      </fieldset>
    </li>
  );
}
