"use client";

import { useEffect } from "react";
import { keptFor } from "@/lib/client/drafts/keeper";

/**
 * On the page of a thread that is not there. A new one's first question may never have got through: then it is kept,
 * and the composer of a new chat, where it is taken back, is where to go.
 */
export function KeptQuestion() {
  useEffect(() => {
    const threadId = location.pathname.split("/").at(-1) ?? "";
    void keptFor(threadId).then((kept) => kept && location.replace("/"));
  }, []);
  return null;
}
