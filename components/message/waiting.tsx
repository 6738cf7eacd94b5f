import type { Wait } from "@/lib/client/threads/types";
import { later } from "../ui/later";
import type { WaitProps } from "./wait-left";

const WaitLeft = later<WaitProps>(() => import("./wait-left").then(({ WaitLeft }) => WaitLeft));

interface Props {
  /** Text has come already. */
  begun: boolean;
  wait: Wait | undefined;
}

/** Stands where the first line will be, as high as it; later only a sentence when there is a wait. */
export function Waiting({ begun, wait }: Props) {
  if (begun && !wait) return null;
  return (
    <p className="flex min-h-[1.6rem] items-center gap-3 text-muted">
      {!begun && (
        <span aria-hidden="true" className="flex gap-1">
          <span className={DOT} />
          <span className={`${DOT} [animation-delay:200ms]`} />
          <span className={`${DOT} [animation-delay:400ms]`} />
        </span>
      )}
      {wait && <WaitLeft wait={wait} />}
    </p>
  );
}

const DOT = "size-1.5 animate-pulse rounded-full bg-muted";
