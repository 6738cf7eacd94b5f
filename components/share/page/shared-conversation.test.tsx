import { NextIntlClientProvider } from "next-intl";
import { renderToReadableStream } from "react-dom/server";
import { expect, it } from "vitest";
import markdown from "@/lib/i18n/messages/en/markdown.json";
import sharePage from "@/lib/i18n/messages/en/sharePage.json";
import type { SnapshotMessage } from "@/lib/shares/snapshot";
import { SharedConversation } from "./shared-conversation";

async function drawn(messages: SnapshotMessage[]): Promise<string> {
  const share = {
    title: "Long",
    snapshot: { by: null, messages },
    allowContinue: false,
    titleInPreview: false,
  };
  const stream = await renderToReadableStream(
    <NextIntlClientProvider locale="en" messages={{ markdown, sharePage }} timeZone="UTC">
      <SharedConversation share={share} pictures="/p" path="/s/x" />
    </NextIntlClientProvider>,
  );
  await stream.allReady;
  return new Response(stream).text();
}

const answer = (text: string): SnapshotMessage => ({
  role: "assistant",
  parts: [{ type: "text", text }],
  at: null,
});

const picture = (id: string) => ({ type: "image" as const, id, width: 4, height: 3 });

it("a long conversation is drawn in pieces, whole and in order, and others are served between them", async () => {
  const messages = Array.from({ length: 200 }, (_, index) => answer(`Entry **${index}**.`));
  let served = 0;
  let drawing = true;
  const serve = () => {
    served += 1;
    if (drawing) setImmediate(serve);
  };
  serve();
  const html = await drawn(messages);
  drawing = false;
  expect([...html.matchAll(/Entry <strong>(\d+)/g)].map(([, number]) => Number(number))).toEqual(
    messages.map((_, index) => index),
  );
  expect(served).toBeGreaterThan(20);
  // Nothing that only a script would put into its place.
  expect(html).not.toMatch(/<template id|<!--\$|<script/);
});

it("pictures are counted through the conversation", async () => {
  const html = await drawn([
    { role: "user", parts: [picture("a"), picture("b")], at: null },
    answer("Two."),
    { role: "user", parts: [picture("c")], at: null },
  ]);
  expect([...html.matchAll(/alt="([^"]+)"/g)].map(([, alt]) => alt)).toEqual([
    "Picture 1",
    "Picture 2",
    "Picture 3",
  ]);
});
