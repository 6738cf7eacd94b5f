import { useTranslations } from "next-intl";
import { IMAGE_CONTEXTS, type ImagePart } from "@/lib/messages/message";
import { useContextChoice } from "../image/context-menu";
import { pictureSource } from "../image/local-pictures";
import { Picture } from "../image/picture";
import { tokensAgain } from "../image/tokens-again";
import { cx } from "../ui/cx";
import { Spinner } from "../ui/spinner";
import { Choices } from "./choices";

interface Props {
  messageId: string;
  image: ImagePart;
}

/** One picture of the conversation with its three choices. */
export function ImageRow({ messageId, image }: Props) {
  const t = useTranslations("picture.context");
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
      <Choices
        legend={t("menu", { name: image.name })}
        choices={IMAGE_CONTEXTS.map((value) => ({ value, label: t(`brief.${value}`) }))}
        chosen={context}
        onChoose={choose}
      />
    </li>
  );
}
