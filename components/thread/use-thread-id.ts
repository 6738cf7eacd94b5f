import { usePathname } from "next/navigation";
import { useState } from "react";
import { newId } from "@/lib/client/ids";
import { useStores } from "@/lib/client/stores";
import type { ThreadRegistry } from "@/lib/client/threads/registry";
import { forgetTemporary } from "@/lib/client/threads/temporary";

/** The id of the thread that "/" would start, kept until something is sent there, and its draft with it. */
let unused: string | null = null;

/**
 * The thread that the address names; on "/" a new one's. Sending changes the address to the new thread's without
 * a page load, and the id stays the same, so that nothing on the screen is made anew.
 */
export function useThreadId(): { threadId: string; renew: () => void } {
  const { threads } = useStores();
  const pathname = usePathname() ?? "";
  const [place, setPlace] = useState(() => ({ pathname, id: idAt(pathname, threads) }));
  const renew = () => {
    discardTemporary();
    setPlace({ pathname, id: idAt(pathname, threads) });
  };
  if (place.pathname === pathname) return { threadId: place.id, renew };
  const next = { pathname, id: idAt(pathname, threads) };
  setPlace(next);
  return { threadId: next.id, renew };
}

function idAt(pathname: string, threads: ThreadRegistry): string {
  if (pathname === TEMPORARY_PATH) return temporaryId(threads);
  return /^\/t\/([^/]+)/.exec(pathname)?.[1] ?? unusedId(threads);
}

/** Where conversations are held that are kept nowhere. */
export const TEMPORARY_PATH = "/temporary";

/** The temporary conversation of this tab, until it is discarded or the page is left. */
let temporary: string | null = null;

function temporaryId(threads: ThreadRegistry): string {
  const id = temporary ?? newId();
  // What one request mints must not be another person's.
  if (typeof window !== "undefined") temporary = id;
  threads.of(id).temporary = true;
  return id;
}

/** What is asked from now on in a temporary conversation belongs to another one. */
function discardTemporary(): void {
  temporary = null;
  forgetTemporary();
}

function unusedId(threads: ThreadRegistry): string {
  // What one request mints must not be another person's.
  if (typeof window === "undefined") return newId();
  if (unused === null || threads.of(unused).view.started) unused = newId();
  return unused;
}
