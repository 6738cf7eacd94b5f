import type { Opened } from "../shares/viewing";

/** What a shared page is made of; null: nothing to be seen under this address. */
export interface SharePageSource {
  /** `seen`: whether somebody looks, and not a program that only asks what is there. */
  open(token: string, cookies: string, seen: boolean): Promise<Opened | null>;
  /** A share that is not made yet, for its owner. */
  preview(threadId: string, query: object, cookies: string): Promise<Opened | null>;
  /** The open branch of a thread to be printed, for its owner. */
  printed(threadId: string, cookies: string): Promise<Opened | null>;
}

const holder = globalThis as { leewardSharePages?: SharePageSource };

export const provideSharePages = (source: SharePageSource): void => {
  holder.leewardSharePages = source;
};

export function sharePageSource(): SharePageSource {
  if (!holder.leewardSharePages) throw new Error("the server has not started");
  return holder.leewardSharePages;
}
