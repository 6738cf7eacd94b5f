"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { TodayUsage } from "@/lib/generations/schema";
import type { PictureLimits } from "@/lib/models/picture-limits";
import type { ThreadPage, ThreadStart } from "@/lib/threads/thread";
import { BuildStore } from "./build/store";
import { ThreadListStore } from "./thread-list/store";
import { ThreadRegistry } from "./threads/registry";
import { TodayUsageStore } from "./today-usage/store";

/** What the tab knows. On the server one is made for each request, so that nobody's data meets anybody else's. */
export interface Stores {
  threads: ThreadRegistry;
  list: ThreadListStore;
  today: TodayUsageStore;
  build: BuildStore;
  /** Who is signed in: what the browser keeps is kept apart by person. */
  personId: string;
  /** Pictures that one message may have, by model. */
  pictureLimits: PictureLimits;
}

const Context = createContext<Stores | null>(null);
let inBrowser: Stores | null = null;

interface StoresProps extends Pick<Stores, "personId" | "pictureLimits"> {
  threads: ThreadPage;
  today: TodayUsage;
  /** Of the server that made this page. */
  build: string;
}

/** Around everything that shows a person's threads. The values are read once, when it is first rendered. */
export function StoresProvider(props: StoresProps & { children: ReactNode }) {
  const [stores] = useState(() => makeStores(props));
  return <Context value={stores}>{props.children}</Context>;
}

/** Hands a page's thread to the stores before its children render. */
export function ThreadData({ start, children }: { start: ThreadStart; children: ReactNode }) {
  const { threads } = useStores();
  threads.hydrate(start);
  // Those outside of these children that show the thread too.
  useEffect(() => threads.of(start.id).tell(), [threads, start]);
  return children;
}

export function useStores(): Stores {
  const stores = useContext(Context);
  if (!stores) throw new Error("StoresProvider is missing");
  return stores;
}

/** For what happens outside rendering: a click, an event from the server. */
export function browserStores(): Stores {
  if (!inBrowser) throw new Error("there are no stores before the first render, nor on the server");
  return inBrowser;
}

function makeStores({ personId, pictureLimits, threads, today, build }: StoresProps): Stores {
  const stores = {
    personId,
    pictureLimits,
    threads: new ThreadRegistry(),
    list: new ThreadListStore(threads),
    today: new TodayUsageStore(today),
    build: new BuildStore(build),
  };
  if (typeof window !== "undefined") inBrowser = stores;
  return stores;
}
