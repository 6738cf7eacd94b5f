import { useSyncExternalStore } from "react";

/** True while the server's page is taken over, and the browser does by itself what is clicked; false from then on. */
export const useFromServer = (): boolean =>
  useSyncExternalStore(
    () => () => {},
    () => false,
    () => true,
  );
