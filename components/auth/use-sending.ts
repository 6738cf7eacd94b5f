import { type FormEvent, useState } from "react";
import { useProblemSentence } from "@/components/ui/sentences";
import type { ProblemInfo } from "@/lib/client/api";
import { nextPath } from "./next-path";

/**
 * Sends a form; goes to `next` when it went well, else says why not and keeps what was typed. `next` comes from
 * the address and may be anything.
 */
export function useSending(send: (fields: FormData) => Promise<"ok" | ProblemInfo>, next: unknown) {
  const sentence = useProblemSentence();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setTrouble(null);
    const outcome = await send(fields);
    if (outcome === "ok") return location.assign(nextPath(next));
    setTrouble(sentence(outcome));
    setBusy(false);
  };
  return { busy, trouble, onSubmit };
}
