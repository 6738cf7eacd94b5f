import { ChevronDown, CircleSlash, ImageIcon, Text } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { problemOf } from "@/lib/client/api";
import { choosePictureContext } from "@/lib/client/pictures";
import type { Locale } from "@/lib/i18n/locales";
import { IMAGE_CONTEXTS, type ImageContext, type ImagePart } from "@/lib/messages/message";
import { Menu, MenuGroup, MenuRadio } from "../ui/menu";
import { useProblemSentence } from "../ui/sentences";
import { Spinner } from "../ui/spinner";
import { toast } from "../ui/toast-store";
import { tokensAgain } from "./tokens-again";

const CONTEXT_ICONS = { kept: ImageIcon, described: Text, dropped: CircleSlash };

interface Props {
  messageId: string;
  image: ImagePart;
}

/** What of a picture goes with later questions, and what that costs each time. */
export function ContextMenu({ messageId, image }: Props) {
  const t = useTranslations("picture.context");
  const { context = "kept", busy, choose } = useContextChoice(messageId, image);
  const Icon = CONTEXT_ICONS[context];
  const short = t(`short.${context}`, { tokens: tokensAgain(image) });
  return (
    <Menu
      label={`${t("menu", { name: image.name })}: ${short}`}
      align="start"
      triggerClassName="mt-0.5 -ml-1 flex h-7 items-center gap-1.5 rounded-sm px-1 text-muted text-xs tabular-nums transition-colors hover:bg-surface hover:text-ink pointer-coarse:h-11"
      trigger={
        <>
          {busy ? <Spinner /> : <Icon size={14} aria-hidden="true" />}
          <ChevronDown size={12} aria-hidden="true" />
          {short}
        </>
      }
    >
      <MenuGroup label={t("question")}>
        {IMAGE_CONTEXTS.map((choice) => (
          <MenuRadio key={choice} closes checked={choice === context} onSelect={() => choose(choice)}>
            {t(`choice.${choice}`)}
            <span className="ml-auto pl-4 text-muted tabular-nums">
              {choice === "described" && !image.notes?.description
                ? t("asks")
                : t(choice === "kept" ? "tokens" : "about", {
                    tokens: tokensAgain({ ...image, context: choice }),
                  })}
            </span>
          </MenuRadio>
        ))}
      </MenuGroup>
    </Menu>
  );
}

/** The choice as it is, and how to make another one. */
export function useContextChoice(messageId: string, image: ImagePart) {
  const sentence = useProblemSentence();
  const locale = useLocale() as Locale;
  const [wanted, setWanted] = useState<ImageContext | null>(null);
  const choose = async (context: ImageContext) => {
    if (wanted || context === (image.context ?? "kept")) return;
    setWanted(context);
    try {
      await choosePictureContext(messageId, image.imageId, context, locale);
    } catch (error) {
      toast({ text: sentence(problemOf(error)), bad: true });
    } finally {
      setWanted(null);
    }
  };
  return { context: wanted ?? image.context ?? "kept", busy: wanted !== null, choose };
}
