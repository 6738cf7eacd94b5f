import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { setFilter, useThreadList } from "@/lib/client/thread-list";
import { LONGEST_TITLE } from "@/lib/threads/thread";

/** Shows only conversations with this in their title. */
export function TitleFilter() {
  const t = useTranslations("sidebar");
  const [text, setText] = useState(useThreadList().filter);
  const filter = (wanted: string) => {
    setText(wanted);
    setFilter(wanted);
  };
  return (
    <search className="relative">
      <Search
        size={16}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        aria-label={t("filter")}
        placeholder={t("filter")}
        value={text}
        maxLength={LONGEST_TITLE}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => filter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || text === "") return;
          // Else it would close the drawer that it stands in.
          event.preventDefault();
          filter("");
        }}
        className="h-9 w-full rounded-sm border border-line bg-surface pr-9 pl-8.5 text-sm outline-offset-0 placeholder:text-muted pointer-coarse:h-11 pointer-coarse:text-base"
      />
      {text !== "" && (
        <IconButton
          label={t("clearFilter")}
          onClick={() => filter("")}
          className="absolute inset-y-0 right-0 my-auto size-9! text-muted hover:bg-transparent"
        >
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
    </search>
  );
}
