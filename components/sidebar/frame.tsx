"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Toaster } from "@/components/ui/toast";
import { NewBuild } from "./new-build";
import { ThreadHeading } from "./open-title";
import { Sidebar, type SidebarProps } from "./sidebar";
import { ThreadDialogs } from "./thread-dialogs";
import { TopBar } from "./top-bar";
import { useDrawer } from "./use-drawer";
import { useShortcuts } from "./use-shortcuts";
import { useSidebarShown } from "./use-sidebar-shown";

interface FrameProps extends Omit<SidebarProps, "onHide" | "onLeave"> {
  /** True where the person put the sidebar away. */
  collapsed: boolean;
  children: ReactNode;
}

/** The sidebar beside the main area; on a phone a drawer behind a button in a bar above it. */
export function Frame({ collapsed, children, ...sidebar }: FrameProps) {
  const t = useTranslations();
  const drawer = useDrawer();
  const [shown, show] = useSidebarShown(!collapsed);
  useShortcuts({ onToggle: () => (drawer.fits() ? drawer.set(!drawer.open) : show(!shown)) });
  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#conversation"
        className="sr-only z-50 rounded-sm bg-accent px-4 py-2.5 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {t("common.skipToContent")}
      </a>
      <ThreadDialogs>
        {shown && (
          <aside className="hidden w-[272px] shrink-0 border-line border-r md:block">
            <Sidebar {...sidebar} onHide={() => show(false)} />
          </aside>
        )}
        <Dialog open={drawer.open} onClose={() => drawer.set(false)} label={t("sidebar.label")} place="left">
          {drawer.filled && (
            <Sidebar {...sidebar} onHide={() => drawer.set(false)} onLeave={() => drawer.set(false)} />
          )}
        </Dialog>
      </ThreadDialogs>
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          className={shown ? "md:hidden" : undefined}
          onOpen={() => (drawer.fits() ? drawer.set(true) : show(true))}
        />
        <NewBuild />
        <main id="conversation" tabIndex={-1} className="relative min-h-0 flex-1 outline-none">
          <ThreadHeading />
          {children}
        </main>
      </div>
      <Toaster />
    </div>
  );
}
