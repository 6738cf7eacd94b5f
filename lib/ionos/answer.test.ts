import { expect, test, vi } from "vitest";
import { withModel } from "@/lib/testing/model";
import { streamAnswer } from "./answer";
import { limiter } from "./limiter";

withModel();

test("threat 65: each refusal for too many calls makes everybody wait as long as it asked, the last one too", async () => {
  const pause = vi.spyOn(limiter(), "pause").mockResolvedValue();
  const request = {
    personId: "ada",
    kind: "chat" as const,
    model: "m",
    messages: [{ role: "user" as const, content: "[[fault:rate-limited:1]] Again and again" }],
    temperature: 0.7,
    topP: null,
    maxTokens: 10,
    signal: new AbortController().signal,
  };
  await expect(streamAnswer(request, () => {})).rejects.toMatchObject({ failure: { code: "rate-limited" } });
  expect(pause.mock.calls).toEqual([[1], [1], [1]]);
});
