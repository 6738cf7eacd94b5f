import type { ReactNode } from "react";
import { type Message, textOf } from "@/lib/messages/message";
import { type Drawn, DrawnContext } from "./drawn";
import { NOTHING_READ, read } from "./markdown/blocks";
import { ReadingView } from "./markdown/reading-view";

/**
 * Draws the answers among `messages` on the server for what is inside, so that a page of finished history needs
 * nothing in the browser that reads Markdown (docs/decisions/0002).
 */
export function DrawnAnswers({ messages, children }: { messages: Message[]; children: ReactNode }) {
  const answers = messages.filter(({ role }) => role === "assistant");
  return (
    <DrawnContext value={Object.fromEntries(answers.map((message) => [message.id, drawn(message)]))}>
      {children}
    </DrawnContext>
  );
}

function drawn(message: Message): Drawn {
  const text = textOf(message);
  const reading = read(NOTHING_READ, text, message.status === "running");
  return { length: text.length, node: <ReadingView reading={reading} /> };
}
