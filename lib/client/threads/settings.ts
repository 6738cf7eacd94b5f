import type { GenerationSettings } from "@/lib/generations/settings";
import type { ThreadSettings } from "@/lib/threads/settings";
import { request } from "../api";
import { browserStores } from "../stores";

/** What decides how a thread is answered, and what can be chosen. */
export interface SettingsView {
  thread: ThreadSettings;
  person: ThreadSettings;
  installation: GenerationSettings;
  models: string[];
  /** Null for those who may not set it. */
  everybody: { own: ThreadSettings; unset: GenerationSettings } | null;
}

type Answer = Omit<SettingsView, "thread"> & { thread: ThreadSettings | null };

/** The settings of a thread; of one that the server does not have yet, those that it will get. Throws RequestFailed. */
export async function readSettings(threadId: string): Promise<SettingsView> {
  const store = browserStores().threads.of(threadId);
  const path = store.exists ? `/api/threads/${threadId}/settings` : "/api/settings";
  const { thread, ...view } = await request<Answer>("GET", path);
  return { ...view, thread: thread ?? store.settings };
}

/** Sets how this thread is answered from now on. Throws RequestFailed. */
export async function setThreadSettings(threadId: string, settings: ThreadSettings): Promise<void> {
  const store = browserStores().threads.of(threadId);
  if (store.exists) await request("PUT", `/api/threads/${threadId}/settings`, settings);
  else store.settings = settings;
  store.setModel(settings.model ?? null);
}

/** Sets how all of the person's threads are answered that set nothing of their own. Throws RequestFailed. */
export async function setPersonSettings(settings: ThreadSettings): Promise<void> {
  await request("PUT", "/api/settings", settings);
  const stores = browserStores();
  stores.pictureLimits = { ...stores.pictureLimits, own: settings.model ?? null };
  stores.threads.tell();
}

/** Sets how everybody's threads are answered that set nothing of their own. Throws RequestFailed. */
export const setEverybodysSettings = (settings: ThreadSettings): Promise<void> =>
  request("PUT", "/api/settings/answers", settings);

/** What made an answer; null for an old one. Throws RequestFailed. */
export const madeWith = async (generationId: string): Promise<GenerationSettings | null> =>
  (await request<{ settings: GenerationSettings | null }>("GET", `/api/generations/${generationId}`))
    .settings;
