import { type ComponentType, useEffect, useState } from "react";
import { useProblemSentence } from "./sentences";
import { toast } from "./toast-store";

/**
 * A component whose code is fetched when it is first shown: dialogs, editors, what nobody needs at first paint.
 * Nothing stands in its place meanwhile. Where the code cannot be fetched, a toast says so and `onFailed` is
 * called, so that it can be opened again.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P & { onFailed?: () => void }> {
  let loaded: ComponentType<P> | null = null;
  return function Later({ onFailed, ...props }) {
    const sentence = useProblemSentence();
    const [Component, setComponent] = useState<ComponentType<P> | null>(() => loaded);
    // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once each time it is shown
    useEffect(() => {
      if (Component) return;
      load().then(
        (component) => {
          loaded = component;
          setComponent(() => component);
        },
        () => {
          toast({ text: sentence({ code: "part-missing", details: {} }), bad: true });
          onFailed?.();
        },
      );
    }, []);
    return Component && <Component {...(props as unknown as P)} />;
  };
}
