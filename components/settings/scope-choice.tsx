import { useTranslations } from "next-intl";
import { useId } from "react";

export type Scope = "thread" | "person" | "everybody";

interface Props {
  scope: Scope;
  /** Those that this person may set. */
  scopes: Scope[];
  onScope: (scope: Scope) => void;
}

/** Whose settings are shown. */
export function ScopeChoice({ scope, scopes, onScope }: Props) {
  const t = useTranslations("conversation.settings");
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t("scope")}</legend>
      <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-md border border-line bg-raised p-1">
        {scopes.map((value) => (
          <label
            key={value}
            className="flex min-h-9 cursor-pointer items-center justify-center rounded-sm px-2 text-center font-medium text-muted text-sm transition-colors has-checked:bg-surface has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={name}
              checked={scope === value}
              onChange={() => onScope(value)}
              className="sr-only"
            />
            {t(`scopes.${value}`)}
          </label>
        ))}
      </div>
      <p className="text-muted text-sm">{t(`scopeHints.${scope}`)}</p>
    </fieldset>
  );
}
