import { useTranslations } from "next-intl";
import { useEffect } from "react";

/** The window is called what the thread is called, also when its title comes later or is changed in another tab. */
export function useTitle(title: string): void {
  const name = useTranslations("common")("name");
  useEffect(() => {
    document.title = title ? `${title} · ${name}` : name;
  }, [title, name]);
}
