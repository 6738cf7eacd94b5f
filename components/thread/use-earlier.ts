import { startTransition, useCallback, useEffect, useState } from "react";
import { bringEarlier, type ThreadView } from "@/lib/client/threads";
import { whenIdle } from "../message/markdown/highlight/when";
import { placeIn } from "./places";

/** Turns that are drawn at first: more than any screen shows. */
const FIRST = 16;
/** Turns that are drawn at a time afterwards, so few that no task gets long. */
const STEP = 6;
/** Between two of those in idle time, in milliseconds. */
const PAUSE_MS = 60;

/**
 * A long thread from its end: `from` is the place in the path of the first turn that is drawn. The others are brought
 * and drawn a few at a time while nothing else is to do, so that in the end the browser's own find sees all of them;
 * at once where `hurry` is called. `failed`: they could not be brought, until hurrying succeeds.
 */
export function useEarlier(threadId: string, { path, from: brought }: ThreadView) {
  const [top, setTop] = useState(() => path[Math.min(startOf(path), placeIn(threadId, path))]);
  const [failed, setFailed] = useState(false);
  const known = path.indexOf(top ?? "");
  const from = Math.max(brought, known < 0 ? startOf(path) : known);
  // The first turn that was drawn may stand on another branch.
  if (known < 0 && path.length > 0) setTop(path[from]);

  const hurry = useCallback(async () => {
    if (from > brought) return startTransition(() => setTop(path[Math.max(brought, from - STEP)]));
    if (from === 0) return;
    const came = await bringEarlier(threadId).then(
      () => true,
      () => false,
    );
    setFailed(!came);
  }, [threadId, path, from, brought]);

  useEffect(() => {
    if (from === 0 || failed) return;
    return whenIdle(() => void hurry(), PAUSE_MS);
  }, [from, failed, hurry]);

  return { from, failed, hurry };
}

const startOf = (path: readonly string[]) => Math.max(0, path.length - FIRST);
