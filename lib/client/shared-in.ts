/** What public/share-worker.js keeps it under, and where it hears. */
const KEPT = "shared-in";
const TARGET = "/share-target";
/** What was shared longer ago was shared by who is not here any more. Milliseconds. */
const KEPT_MS = 10 * 60 * 1000;

export interface SharedIn {
  text: string;
  files: File[];
}

/** Has the browser keep what its system's share sheet hands over, where it can. */
export function hearShareSheet(): void {
  void navigator.serviceWorker?.register("/share-worker.js", { scope: TARGET }).catch(() => {});
}

/**
 * Hands on what was handed over and not taken yet, oldest first. Each leaves the browser's cache once `place` says that
 * it stands where it outlives the page, and is taken by one composer in one tab: whoever comes meanwhile waits, and
 * finds it gone.
 */
export async function takeSharedIn(place: (shared: SharedIn) => Promise<void>): Promise<void> {
  // Not there in an insecure context, and refused in some private windows.
  if (typeof caches === "undefined" || !(await caches.has(KEPT).catch(() => false))) return;
  await navigator.locks.request(KEPT, async () => {
    const cache = await caches.open(KEPT);
    for (const request of await cache.keys()) {
      const shared = isOld(request) ? null : await sharedOf(await cache.match(request));
      if (shared) await place(shared);
      await cache.delete(request);
    }
    if ((await cache.keys()).length === 0) await dropSharedIn();
  });
}

/** Lets go of what was handed over, as when the person signs out. */
export async function dropSharedIn(): Promise<void> {
  if (typeof caches !== "undefined") await caches.delete(KEPT).catch(() => false);
}

/** The worker begins its name with when it was shared. */
function isOld({ url }: Request): boolean {
  const at = Number.parseInt(new URL(url).pathname.slice(`${TARGET}/`.length), 10);
  return !(Date.now() - at < KEPT_MS);
}

/** Null: it cannot be read any more, as what an earlier build's worker kept. */
async function sharedOf(response: Response | undefined): Promise<SharedIn | null> {
  const form = await response?.formData().catch(() => null);
  if (!form) return null;
  const words = ["title", "text", "url"].map((name) => form.get(name));
  const text = [...new Set(words.filter((word) => typeof word === "string" && word !== ""))].join("\n");
  return { text, files: form.getAll("files").filter((file) => file instanceof File) };
}
