import { useTranslations } from "next-intl";
import { memo } from "react";
import { type Message, textOf } from "@/lib/messages/message";
import { Picture } from "../image/picture";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Section } from "./controls";
import { type Draft, type Start, toggled } from "./draft";

interface Props {
  messages: readonly Message[];
  start: Start;
  /** As the draft has them. */
  chosen: Draft["messages"];
  pictures: Draft["pictures"];
  onChange: (changed: Partial<Draft>) => void;
}

/** Which messages, and of those which pictures: none until it is ticked. Long ones are not drawn anew for each letter. */
export const MessageChoice = memo(function MessageChoice({ messages, start, chosen, ...rest }: Props) {
  const t = useTranslations("share");
  const ordinals = messages.map(({ ordinal }) => ordinal);
  const at = start ? messages.findIndex(({ id }) => id === start.from) : -1;
  const choose = (messages: number[]) => rest.onChange({ messages });
  return (
    <Section
      title={t("messages", { chosen: chosen.length, count: messages.length })}
      beside={
        <span className="flex flex-wrap gap-1">
          <Quick onClick={() => choose(ordinals)}>{t("all")}</Quick>
          {at >= 0 && <Quick onClick={() => choose(ordinals.slice(at))}>{t("fromHere")}</Quick>}
          {at >= 0 && <Quick onClick={() => choose(ordinals.slice(at, at + 1))}>{t("onlyThis")}</Quick>}
          <Quick onClick={() => choose([])}>{t("none")}</Quick>
        </span>
      }
    >
      <ul className="overflow-hidden rounded-md border border-line bg-surface">
        {messages.map((message, index) => (
          <li key={message.id} className={cx(index > 0 && "border-line border-t")}>
            <Row message={message} number={index + 1} chosen={chosen} {...rest} />
          </li>
        ))}
      </ul>
    </Section>
  );
});

function Quick({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button look="quiet" onClick={onClick} className="h-8 px-2 text-accent">
      {children}
    </Button>
  );
}

interface RowProps extends Omit<Props, "messages" | "start"> {
  message: Message;
  number: number;
}

function Row({ message, number, chosen: all, pictures, onChange }: RowProps) {
  const t = useTranslations("share");
  const chosen = all.includes(message.ordinal);
  const who = t(message.role === "user" ? "you" : "ai");
  const text =
    textOf(message).slice(0, 160) ||
    message.parts.map((part) => ("name" in part ? part.name : "")).join(", ");
  const choose = (on: boolean) =>
    onChange({ messages: toggled(all, message.ordinal, on).sort((a, b) => a - b) });
  return (
    <>
      <label className="flex cursor-pointer items-start gap-3 px-3 py-2.5 text-sm hover:bg-raised">
        <input
          type="checkbox"
          checked={chosen}
          onChange={(event) => choose(event.target.checked)}
          aria-label={t("message", { number, who, text: text.slice(0, 60) })}
          className="mt-0.5 size-4.5 shrink-0 accent-accent"
        />
        <span className={cx("min-w-0", !chosen && "text-muted")}>
          <span className="font-medium">{who}</span>
          <span dir="auto" className="line-clamp-2 wrap-anywhere text-muted">
            {text}
          </span>
        </span>
      </label>
      {chosen && <Pictures message={message} pictures={pictures} onChange={onChange} />}
    </>
  );
}

function Pictures({ message, pictures: all, onChange }: Omit<RowProps, "number" | "chosen">) {
  const t = useTranslations("share");
  const pictures = message.parts.flatMap((part, place) =>
    part.type === "image" ? [{ ...part, key: `${message.ordinal}.${place}` }] : [],
  );
  if (pictures.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2 px-3 pb-3 pl-10.5">
      {pictures.map(({ key, imageId, name }) => {
        const chosen = all.includes(key);
        return (
          <li key={key}>
            <label
              className={cx(
                "relative block cursor-pointer overflow-hidden rounded-sm border-2 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
                chosen ? "border-accent" : "border-line",
              )}
            >
              <Picture
                src={`/api/images/${imageId}`}
                alt=""
                width={72}
                height={72}
                className={cx("size-18 object-cover", !chosen && "opacity-45")}
              />
              <input
                type="checkbox"
                checked={chosen}
                onChange={(event) => onChange({ pictures: toggled(all, key, event.target.checked) })}
                aria-label={t("picture", { name })}
                className="absolute top-1.5 left-1.5 size-4.5 accent-accent"
              />
            </label>
          </li>
        );
      })}
    </ul>
  );
}
