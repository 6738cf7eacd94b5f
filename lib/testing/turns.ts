import { randomUUID } from "node:crypto";
import { followGeneration } from "@/lib/generations/follow";
import type { GenerationEvent } from "@/lib/generations/schema";
import type { SendMessageInput } from "@/lib/messages/schema";
import type { Actor } from "@/lib/users/actor";

/** A question with fresh ids. */
export const aQuestion = (text: string, more: Partial<SendMessageInput> = {}): SendMessageInput => ({
  messageId: randomUUID(),
  parentId: null,
  answerId: randomUUID(),
  generationId: randomUUID(),
  text,
  imageIds: [],
  documents: [],
  ...more,
});

export interface Followed {
  events: GenerationEvent[];
  text: string;
  end: Extract<GenerationEvent, { type: "end" }>;
}

/** Follows an answer to its end. `seen` is called with each event. */
export function followed(
  actor: Actor,
  generationId: string,
  after: number | null = null,
  seen: (event: GenerationEvent) => void = () => {},
): Promise<Followed> {
  return new Promise((resolve, reject) => {
    const events: GenerationEvent[] = [];
    followGeneration(actor, generationId, after, (_sequence, json) => {
      const event = JSON.parse(json) as GenerationEvent;
      events.push(event);
      seen(event);
      if (event.type === "end") resolve({ events, text: textIn(events), end: event });
    }).catch(reject);
  });
}

export function textIn(events: GenerationEvent[]): string {
  let text = "";
  for (const event of events) {
    if (event.type === "text") text += event.delta;
    if (event.type === "snapshot")
      text = event.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  }
  return text;
}
