import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { database } from "@/lib/platform/database";
import { aPerson } from "@/lib/testing/people";
import { listenAs } from "@/lib/threads/live";
import { DEAD_AFTER_MS, systemReap } from "./reaper";
import type { PersonEvent } from "./schema";

it("threat 60: the tabs of somebody whose answer has died hear that nothing is being written there any more", async () => {
  const ada = await aPerson();
  const [threadId, questionId, answerId] = [randomUUID(), randomUUID(), randomUUID()];
  const message = { threadId, status: "complete", parts: [] };
  await database().thread.create({
    data: { id: threadId, ownerId: ada.id, title: "Died", messageCount: 2, headMessageId: answerId },
  });
  await database().message.create({ data: { ...message, id: questionId, role: "user", ordinal: 1 } });
  await database().message.create({
    data: {
      ...message,
      id: answerId,
      role: "assistant",
      ordinal: 2,
      parentId: questionId,
      status: "running",
    },
  });
  const heartbeatAt = new Date(Date.now() - 2 * DEAD_AFTER_MS);
  const ids = { id: randomUUID(), ownerId: ada.id, threadId, messageId: answerId };
  await database().generation.create({ data: { ...ids, model: "m", requestHash: "h", heartbeatAt } });
  const heard: PersonEvent[] = [];
  const leave = listenAs(ada, (event) => heard.push(JSON.parse(event)));
  expect(await systemReap()).toBe(1);
  await vi.waitFor(() =>
    expect(heard).toMatchObject([{ type: "thread", thread: { id: threadId, running: false } }]),
  );
  leave();
});
