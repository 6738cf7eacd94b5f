import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { acceptDocument } from "@/lib/documents/commands";
import { type DocumentChoice, LONGEST_DOCUMENT_TEXT, MOST_DOCUMENTS } from "@/lib/documents/document";
import { sendMessage } from "@/lib/messages/commands";
import { blobStore } from "@/lib/platform/blob-store";
import { database } from "@/lib/platform/database";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import type { Actor } from "@/lib/users/actor";

const model = withModel();
let ada: Actor;
beforeEach(async () => {
  ada = await aPerson();
});

/** As many documents as a message may have, each of so many tokens and letters. */
async function documentsOf(tokens: number, letters: number): Promise<DocumentChoice[]> {
  const choices: DocumentChoice[] = [];
  const text = JSON.stringify({ pages: ["-".repeat(letters)], pageTokens: [tokens], pictureTokens: null });
  for (let one = 0; one < MOST_DOCUMENTS; one++) {
    const bytes = new TextEncoder().encode(`Document ${one}`);
    const { id } = await acceptDocument(ada, { name: "long.txt", bytes });
    const { textKey } = await database().document.update({ where: { id }, data: { tokens } });
    await blobStore().put(textKey, new TextEncoder().encode(text), "application/json");
    choices.push({ documentId: id, firstPage: 1, lastPage: 1 });
  }
  return choices;
}

/** How the answer ends, how many texts were read for it, and how many calls reached the model. */
async function askedWith(documents: DocumentChoice[]) {
  const reads = vi.spyOn(blobStore(), "get");
  onTestFinished(() => reads.mockRestore());
  const { seen } = await model.stats();
  const question = aQuestion("[[say:Read.]]", { documents });
  await sendMessage(ada, randomUUID(), question);
  const { end } = await followed(ada, question.generationId);
  return { end, read: reads.mock.calls.length, calls: (await model.stats()).seen - seen };
}

const TOO_LARGE = {
  status: "failed",
  failure: { code: "request-too-large" },
  usage: { inputTokens: 0, outputTokens: 0 },
};

describe("documents that are too long together", () => {
  test("69 are refused by their tokens before any is read", async () => {
    const { end, read, calls } = await askedWith(await documentsOf(400_000, 10));
    expect(end).toMatchObject(TOO_LARGE);
    expect({ read, calls }).toEqual({ read: 0, calls: 0 });
  });

  test("69 are refused by their letters, of which few tokens may be many, and none is read after that", async () => {
    const { end, read, calls } = await askedWith(await documentsOf(100, LONGEST_DOCUMENT_TEXT - 100_000));
    expect(end).toMatchObject(TOO_LARGE);
    // Two fit, the third does not.
    expect({ read, calls }).toEqual({ read: 3, calls: 0 });
  });

  test("are sent where they fit", async () => {
    const { end, read } = await askedWith(await documentsOf(100, 400));
    expect(end).toMatchObject({ status: "complete" });
    expect(read).toBe(MOST_DOCUMENTS);
  });
});
