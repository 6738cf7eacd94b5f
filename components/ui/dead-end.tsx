import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Mark } from "./mark";

interface DeadEndProps {
  title: string;
  text: string;
  /** Within the main area of a page, not a page of its own. */
  inside?: boolean;
  /** What the way home is called, where it has another name. */
  home?: string;
  /** Other ways out than home. */
  children?: ReactNode;
}

/** A page that has nothing to show: says why, and leads back. */
export function DeadEnd({ title, text, inside = false, home, children }: DeadEndProps) {
  const t = useTranslations("common");
  const Frame = inside ? "div" : "main";
  return (
    <Frame
      className={`${inside ? "min-h-full" : "min-h-dvh"} flex flex-col items-center justify-center gap-4 px-4 py-10 text-center`}
    >
      <Mark className="size-11 text-accent" />
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="max-w-md text-balance text-muted">{text}</p>
      <div className="mt-2 flex flex-wrap items-center justify-center gap-3">
        {children}
        <Link
          href="/"
          className="inline-flex h-11 items-center rounded-sm bg-accent px-4 font-medium text-on-accent text-sm hover:opacity-90"
        >
          {home ?? t("home")}
        </Link>
      </div>
    </Frame>
  );
}
