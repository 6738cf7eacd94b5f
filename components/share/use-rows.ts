import { useState } from "react";
import { problemOf } from "@/lib/client/api";
import { useProblemSentence } from "../ui/sentences";
import { toast } from "../ui/toast";

interface Page<Row> {
  shares: Row[];
  nextCursor: string | null;
}

/** The rows of a list that is read page by page, and what happens to them; anew whenever the page is. */
export function useRows<Row extends { id: string }>(
  first: Page<Row>,
  load: (cursor: string) => Promise<Page<Row>>,
) {
  const sentence = useProblemSentence();
  const [{ shares: rows, nextCursor: next }, set] = useState(first);
  const [read, setRead] = useState(first);
  const [busy, setBusy] = useState(false);
  if (first !== read) {
    setRead(first);
    set(first);
  }
  const more = async () => {
    if (!next) return;
    setBusy(true);
    try {
      const page = await load(next);
      set(({ shares }) => ({ shares: [...shares, ...page.shares], nextCursor: page.nextCursor }));
    } catch (error) {
      toast({ text: sentence(problemOf(error)), bad: true });
    }
    setBusy(false);
  };
  const change = (changed: (rows: Row[]) => Row[]) =>
    set(({ shares, nextCursor }) => ({ shares: changed(shares), nextCursor }));
  return {
    rows,
    next,
    busy,
    more: () => void more(),
    replace: (row: Row) => change((rows) => rows.map((each) => (each.id === row.id ? row : each))),
    remove: (id: string) => change((rows) => rows.filter((each) => each.id !== id)),
  };
}
