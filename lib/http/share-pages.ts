import "server-only";
import { ZodError } from "zod";
import { id } from "@/lib/messages/schema";
import { Problem } from "@/lib/platform/problem";
import { blackingOut } from "@/lib/shares/blacking-out";
import { check } from "@/lib/shares/commands";
import { openBranch } from "@/lib/shares/queries";
import { choicesOfPreview, previewInput } from "@/lib/shares/schema";
import { canBeShared, snapshotOf, wholeSnapshot } from "@/lib/shares/snapshot";
import { type Opened, openShare } from "@/lib/shares/viewing";
import { personOf } from "@/lib/users/queries";
import type { SharePageSource } from "./share-page-source";
import { shareViewer } from "./share-viewer";

/**
 * What the shared pages show, for pages/: the one part of the application that is rendered without a script, and
 * another module graph of the same process (docs/decisions/0012). Put on globalThis when the process starts.
 */
export const sharePages: SharePageSource = {
  open: (token, cookies, seen) =>
    orNull(async (): Promise<Opened> => openShare(token, await shareViewer(cookies), { seen })),
  preview: (threadId, query, cookies) =>
    orNull(async (): Promise<Opened> => {
      const { actor } = await shareViewer(cookies);
      if (!actor || !id.safeParse(threadId).success) throw new Problem("not-found");
      const input = previewInput.parse(query);
      const choices = choicesOfPreview(input);
      const { branch } = await openBranch(actor, threadId);
      const { chosen, pictures } = check(branch, choices);
      const { name: by } = await personOf(actor);
      // Nothing is copied for a preview: its owner sees the pictures themselves.
      const copies = new Map(pictures.map(({ key, imageId }) => [key, imageId]));
      const blackedOut = blackingOut(chosen, choices.redactions);
      const share = {
        title: blackedOut(input.title),
        snapshot: snapshotOf(chosen, choices, { by, copies, blackedOut }),
        allowContinue: input.allowContinue === "1",
        titleInPreview: false,
      };
      return { state: "open", share };
    }),
  printed: (threadId, cookies) =>
    orNull(async (): Promise<Opened> => {
      const { actor } = await shareViewer(cookies);
      if (!actor || !id.safeParse(threadId).success) throw new Problem("not-found");
      const { title, branch } = await openBranch(actor, threadId);
      const shown = branch.filter(canBeShared);
      const { name: by } = await personOf(actor);
      const share = { title, snapshot: wholeSnapshot(shown, by), allowContinue: false, titleInPreview: true };
      return { state: "open", share };
    }),
};

/** What is not there, not allowed or makes no sense is one thing to whoever looks. */
async function orNull(open: () => Promise<Opened>): Promise<Opened | null> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof ZodError || (error instanceof Problem && error.status < 500)) return null;
    throw error;
  }
}
