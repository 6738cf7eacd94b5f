import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { madeWith } from "@/lib/client/threads/settings";
import type { GenerationSettings } from "@/lib/generations/settings";
import type { AnswerUsage } from "@/lib/messages/message";
import { panelOf } from "./usage-button";

interface DetailsProps {
  id: string;
  usage: AnswerUsage;
  generationId: string | null;
}

/** What an answer cost, as the provider counted it, and what made it. */
export default function UsageDetails({ id, usage, generationId }: DetailsProps) {
  const made = useMadeWith(generationId);
  const t = useTranslations("chat.usage");
  const speed = tokensPerSecond(usage);
  const pictures = usePictureFacts(usage);
  const facts: [label: string, value: string | null][] = [
    [t("input"), t("tokens", { tokens: usage.inputTokens })],
    ...pictures,
    [t("output"), t("tokens", { tokens: usage.outputTokens })],
    [t("count"), t(usage.source)],
    [t("firstToken"), usage.firstTokenMs === null ? null : t("seconds", seconds(usage.firstTokenMs))],
    [t("duration"), t("seconds", seconds(usage.durationMs))],
    [t("speed"), speed === null ? null : t("perSecond", { tokens: speed })],
    [t("model"), usage.model],
    ...made,
  ];
  return (
    <dl
      id={panelOf(id)}
      className="mt-1 mb-3 grid w-fit max-w-full grid-cols-[auto_1fr] gap-x-6 gap-y-1 rounded-md border border-line px-4 py-3 text-sm"
    >
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <div key={label} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{label}</dt>
              <dd className="line-clamp-6 whitespace-pre-line wrap-anywhere tabular-nums">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** The settings of the answer, read when they are looked at; none of an answer from before they were kept. */
function useMadeWith(generationId: string | null): [label: string, value: string][] {
  const t = useTranslations("conversation.settings.made");
  const number = new Intl.NumberFormat(useLocale());
  const [settings, setSettings] = useState<GenerationSettings | null>(null);
  useEffect(() => {
    if (!generationId) return;
    let current = true;
    // Without a connection the rest is shown all the same.
    madeWith(generationId).then(
      (read) => current && setSettings(read),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [generationId]);
  if (!settings) return [];
  const { temperature, topP, longestAnswer, instructions } = settings;
  return [
    [t("temperature"), number.format(temperature)],
    [t("topP"), topP === null ? t("providers") : number.format(topP)],
    [t("longest"), t("tokens", { tokens: longestAnswer })],
    ...(instructions === "" ? [] : [[t("instructions"), instructions] as [string, string]]),
  ];
}

/** What the pictures cost by the formula, what is left for words, and whether that fits what the provider counted. */
function usePictureFacts({ inputTokens, imageTokens, source }: AnswerUsage): [string, string][] {
  const t = useTranslations("chat.usage");
  if (imageTokens === 0) return [];
  const words = inputTokens - imageTokens;
  const facts: [string, string][] = [[t("ofWhichImages"), t("tokens", { tokens: imageTokens })]];
  if (words > 0) facts.push([t("ofWhichWords"), t("tokens", { tokens: words })]);
  if (source === "reported") facts.push([t("formula"), t(words > 0 ? "formulaFits" : "formulaDiffers")]);
  return facts;
}

const seconds = (milliseconds: number) => ({ seconds: milliseconds / 1000 });

/** Output tokens per second after the first one; null when it was over too soon to say. */
function tokensPerSecond({ outputTokens, durationMs, firstTokenMs }: AnswerUsage): number | null {
  const writing = durationMs - (firstTokenMs ?? durationMs);
  return outputTokens > 1 && writing >= 50 ? ((outputTokens - 1) * 1000) / writing : null;
}
