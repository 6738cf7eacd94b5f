import { type ComponentType, useCallback, useState } from "react";
import { useProblemSentence } from "./sentences";
import { toast } from "./toast";

/**
 * A component that is loaded when it is first asked for. `View` is null until then; `ask` resolves to false, and has
 * said so, when it could not be loaded.
 */
export function useOnDemand<Props>(load: () => Promise<ComponentType<Props>>) {
  const [View, setView] = useState<ComponentType<Props> | null>(null);
  const sentence = useProblemSentence();
  const ask = useCallback(async (): Promise<boolean> => {
    try {
      const loaded = await load();
      setView(() => loaded);
      return true;
    } catch {
      toast({ text: sentence({ code: "part-missing", details: {} }), bad: true });
      return false;
    }
  }, [load, sentence]);
  return { View, ask };
}
