"use client";

import { useSyncExternalStore } from "react";
import type { ThreadSummary } from "@/lib/threads/thread";
import { request } from "../api";
import { browserStores, useStores } from "../stores";
import type { ThreadListView } from "./store";

export function useThreadList(): ThreadListView {
  const { list } = useStores();
  const view = () => list.view;
  return useSyncExternalStore(list.subscribe, view, view);
}

export const loadMore = (): void => void browserStores().list.loadMore();

export const retryList = (): void => void browserStores().list.retry();

export const setFilter = (filter: string): void => void browserStores().list.setFilter(filter);

/** Shown at once; taken back when the server refuses. Throws RequestFailed. */
export async function renameThread(id: string, title: string): Promise<void> {
  const { list, threads } = browserStores();
  const before = list.get(id);
  if (before) list.put({ ...before, title });
  try {
    const thread = await request<ThreadSummary>("PATCH", `/api/threads/${id}`, { title });
    list.put(thread);
    threads.of(id).setTitle(thread.title);
  } catch (error) {
    if (before) list.put(before);
    throw error;
  }
}

/** Into the bin; gone from the list at once, back when the server refuses. Throws RequestFailed. */
export async function deleteThread(id: string): Promise<void> {
  const { list, threads } = browserStores();
  const before = list.get(id);
  list.remove(id);
  threads.setDeleted(id, true);
  try {
    await request("DELETE", `/api/threads/${id}`);
  } catch (error) {
    if (before) list.put(before);
    threads.setDeleted(id, false);
    throw error;
  }
}

/** Out of the bin again. Throws RequestFailed. */
export async function restoreThread(id: string): Promise<void> {
  const { list, threads } = browserStores();
  list.put(await request<ThreadSummary>("PATCH", `/api/threads/${id}`, { deleted: false }));
  threads.setDeleted(id, false);
}
