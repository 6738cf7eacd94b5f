import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useStores } from "@/lib/client/stores";
import type { GenerationSettings } from "@/lib/generations/settings";
import { mostPictures } from "@/lib/models/picture-limits";
import { LONGEST_INSTRUCTIONS, MOST_ANSWER_TOKENS } from "@/lib/threads/limits";
import type { ThreadSettings } from "@/lib/threads/settings";
import { Button } from "../ui/button";
import { TextField } from "../ui/text-field";

interface Props {
  settings: ThreadSettings;
  /** What holds where a field is left empty. */
  defaults: GenerationSettings;
  models: string[];
  busy: boolean;
  onSave: (settings: ThreadSettings) => void;
  onCancel: () => void;
}

/** The fields; an empty one is as the defaults have it, which it shows. */
export function SettingsForm({ settings, defaults, models, busy, onSave, onCancel }: Props) {
  const t = useTranslations("conversation.settings");
  const common = useTranslations("common");
  const number = new Intl.NumberFormat(useLocale());
  const [instructions, setInstructions] = useState(settings.instructions ?? "");
  const [model, setModel] = useState(settings.model ?? "");
  const [temperature, setTemperature] = useState(settings.temperature?.toString() ?? "");
  const [topP, setTopP] = useState(settings.topP?.toString() ?? "");
  const [longest, setLongest] = useState(settings.longestAnswer?.toString() ?? "");
  const instructionsId = useId();
  const modelId = useId();
  const limit = mostPictures(useStores().pictureLimits, model === "" ? defaults.model : model);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // For React the dialog is within the composer's form, which would take this for a message to be sent.
    event.stopPropagation();
    onSave({
      ...(instructions.trim() === "" ? {} : { instructions: instructions.trim() }),
      ...(model === "" ? {} : { model }),
      ...given("temperature", temperature),
      ...given("topP", topP),
      ...given("longestAnswer", longest),
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <label htmlFor={instructionsId} className="font-medium text-sm">
          {t("instructions")}
        </label>
        <textarea
          id={instructionsId}
          value={instructions}
          onChange={(event) => setInstructions(event.target.value)}
          maxLength={LONGEST_INSTRUCTIONS}
          rows={4}
          dir="auto"
          placeholder={defaults.instructions || t("instructionsExample")}
          className="field-sizing-content max-h-[30dvh] min-h-24 w-full resize-none rounded-sm border border-control bg-surface px-3 py-2 text-base leading-6 placeholder:text-muted"
        />
      </div>
      {models.length > 1 && (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={modelId} className="font-medium text-sm">
            {t("model")}
          </label>
          <select
            id={modelId}
            value={model}
            onChange={(event) => setModel(event.target.value)}
            className="h-11 w-full rounded-sm border border-control bg-surface px-3 text-base"
          >
            <option value="">{t("default", { value: defaults.model })}</option>
            {models.map((id) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </select>
          <p className="text-muted text-sm">{t("modelPictures", { limit })}</p>
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label={t("temperature")}
          hint={t("temperatureHint")}
          type="number"
          inputMode="decimal"
          min={0}
          max={2}
          step={0.05}
          value={temperature}
          placeholder={number.format(defaults.temperature)}
          onChange={(event) => setTemperature(event.target.value)}
        />
        <TextField
          label={t("topP")}
          hint={t("topPHint")}
          type="number"
          inputMode="decimal"
          min={0.05}
          max={1}
          step={0.05}
          value={topP}
          placeholder={defaults.topP === null ? t("providers") : number.format(defaults.topP)}
          onChange={(event) => setTopP(event.target.value)}
        />
        <TextField
          label={t("longest")}
          hint={t("longestHint", { most: MOST_ANSWER_TOKENS })}
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_ANSWER_TOKENS}
          step={1}
          value={longest}
          placeholder={number.format(defaults.longestAnswer)}
          onChange={(event) => setLongest(event.target.value)}
        />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

const given = (name: "temperature" | "topP" | "longestAnswer", value: string): ThreadSettings =>
  value === "" ? {} : { [name]: Number(value) };
