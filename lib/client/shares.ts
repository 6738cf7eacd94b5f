import type { SharingRules } from "@/lib/settings/settings";
import type { CreateShareInput, UpdateShareInput } from "@/lib/shares/schema";
import type { ForeignShare, ShareDetail, SharePage, ShareSummary } from "@/lib/shares/share";
import type { ThreadDetail, ThreadSummary } from "@/lib/threads/thread";
import { problemOf, request } from "./api";

// Everything throws RequestFailed.

/** What the dialog needs to know: the thread, the rules, and the share where one is changed. */
export async function shareMaterial(
  threadId: string,
  shareId: string | null,
): Promise<{ thread: ThreadDetail; rules: SharingRules; share: ShareDetail | null }> {
  const [thread, rules, share] = await Promise.all([
    request<ThreadDetail>("GET", `/api/threads/${threadId}`),
    request<SharingRules>("GET", "/api/settings/sharing"),
    shareId === null ? null : request<ShareDetail>("GET", `/api/shares/${shareId}`),
  ]);
  return { thread, rules, share };
}

/**
 * Makes a share. Where an earlier try has made it, with other choices, and its answer was lost on the way, that one
 * gets the choices of now under its link.
 */
export async function createShare(input: CreateShareInput): Promise<ShareSummary> {
  try {
    return await request("POST", "/api/shares", input);
  } catch (error) {
    if (problemOf(error).code !== "conflict") throw error;
    const { id, threadId: _, ...update } = input;
    return updateShare(id, update);
  }
}

export const updateShare = (id: string, input: UpdateShareInput): Promise<ShareSummary> =>
  request("PUT", `/api/shares/${id}`, input);

export const revokeShare = (id: string): Promise<void> => request("DELETE", `/api/shares/${id}`);

export const moreShares = (cursor: string): Promise<SharePage> =>
  request("GET", `/api/shares?cursor=${encodeURIComponent(cursor)}`);

export const moreForeignShares = (
  cursor: string,
): Promise<{ shares: ForeignShare[]; nextCursor: string | null }> =>
  request("GET", `/api/admin/shares?cursor=${encodeURIComponent(cursor)}`);

export const revokeForeignShare = (id: string): Promise<void> => request("DELETE", `/api/admin/shares/${id}`);

export const changeSharingRules = (rules: SharingRules): Promise<SharingRules> =>
  request("PUT", "/api/settings/sharing", rules);

export const continueShare = (token: string, threadId: string): Promise<ThreadSummary> =>
  request("POST", `/api/s/${token}/threads`, { threadId });
