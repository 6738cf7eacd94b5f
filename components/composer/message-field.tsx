"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { COMPOSER_ID, focusComposer, isTouch } from "./focus";

interface Props {
  text: string;
  onText: (text: string) => void;
  /** Enter, where Enter sends. */
  onEnter: () => void;
  /** ↑ while there is no text. */
  onUp: () => void;
}

/** The text of a message; grows with it to 40 % of the window. Typing is never disabled. */
export function MessageField({ text, onText, onEnter, onUp }: Props) {
  const t = useTranslations("composer");
  const field = useRef<HTMLTextAreaElement>(null);
  useTypedEarly(field, text, onText);
  useHeight(field, text);
  useEffect(() => {
    // On a phone the keyboard would cover what the person came to read.
    if (!isTouch() && !document.querySelector("dialog[open]")) focusComposer();
  }, []);

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "ArrowUp" && text === "" && isPlain(event)) {
      event.preventDefault();
      return onUp();
    }
    if (event.key !== "Enter" || event.shiftKey || event.altKey || isComposing(event)) return;
    if (isTouch() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) onEnter();
  };

  return (
    <textarea
      ref={field}
      id={COMPOSER_ID}
      name="text"
      rows={1}
      dir="auto"
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={keyDown}
      aria-label={t("label")}
      placeholder={t("placeholder")}
      enterKeyHint="enter"
      autoComplete="off"
      className="field-sizing-content block max-h-[40dvh] min-h-11.5 w-full resize-none overflow-y-auto overscroll-contain bg-transparent px-4 pt-3.5 pb-2 text-base leading-6 outline-none placeholder:text-muted"
    />
  );
}

const isPlain = (event: KeyboardEvent) =>
  !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey && !isComposing(event);

/** Enter then chooses a character of the input method; Safari says so only by the key code. */
const isComposing = ({ nativeEvent }: KeyboardEvent) =>
  nativeEvent.isComposing || nativeEvent.keyCode === 229;

/** Takes what was typed into the server's page before it came to life. */
function useTypedEarly(
  field: React.RefObject<HTMLTextAreaElement | null>,
  text: string,
  onText: (text: string) => void,
) {
  const first = useRef(true);
  useLayoutEffect(() => {
    const typed = field.current?.value;
    if (first.current && typed && !text) onText(typed);
    first.current = false;
  }, [field, text, onText]);
}

/** For browsers without `field-sizing`: as high as its text. */
function useHeight(field: React.RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useLayoutEffect(() => {
    const area = field.current;
    if (!area || CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [field, text]);
}
