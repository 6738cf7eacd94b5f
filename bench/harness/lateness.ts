import { scriptedAnswer } from "../../lib/ionos/emulator/scripted.ts";

/** The text in one event's data, and whether it is the last one. */
type Reading = (data: string) => { text: string; ended: boolean };

export const ourEvents: Reading = (data) => {
  const event = JSON.parse(data);
  if (event.type === "snapshot") return { text: event.parts[0]?.text ?? "", ended: false };
  return { text: event.delta ?? "", ended: event.type === "end" };
};

export const emulatorsEvents: Reading = (data) =>
  data === "[DONE]"
    ? { text: "", ended: true }
    : { text: JSON.parse(data).choices[0]?.delta?.content ?? "", ended: false };

/**
 * How late each token of a scripted answer came, in milliseconds: one is due every `1 / perSecond` s, the most punctual
 * one was on time. Throws when not all of them came.
 */
export async function latenessOf(
  response: Response,
  read: Reading,
  { tokens, perSecond }: { tokens: number; perSecond: number },
): Promise<number[]> {
  const pieces = scriptedAnswer(tokens);
  const delays: number[] = [];
  let rest = "";
  for await (const data of dataOf(response)) {
    const { text, ended } = read(data);
    rest += text;
    const now = performance.now();
    for (let piece = pieces[delays.length]; piece && rest.startsWith(piece); piece = pieces[delays.length]) {
      rest = rest.slice(piece.length);
      delays.push(now - (delays.length * 1000) / perSecond);
    }
    if (ended) break;
  }
  if (delays.length < tokens) throw new Error(`${delays.length} of ${tokens} tokens came`);
  const punctual = Math.min(...delays);
  return delays.map((delay) => delay - punctual);
}

/** The data of each server-sent event without a name. */
async function* dataOf(response: Response): AsyncGenerator<string> {
  if (!response.ok) throw new Error(`the answer's events: ${response.status} ${await response.text()}`);
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data && !/^event: /m.test(block)) yield data;
    }
  }
}
