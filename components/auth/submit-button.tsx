import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { useFromServer } from "@/components/ui/from-server";

/** Waits for the page to come to life: before that the browser sends the form by itself, and what was typed is lost. */
export function SubmitButton({ busy, children }: { busy: boolean; children: ReactNode }) {
  const fromServer = useFromServer();
  return (
    <Button
      type="submit"
      look="primary"
      busy={busy}
      disabled={fromServer}
      className={cx("h-11", fromServer && "disabled:opacity-100!")}
    >
      {children}
    </Button>
  );
}
