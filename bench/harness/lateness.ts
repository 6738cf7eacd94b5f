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
 * How late each token of a scripted answer came, in milliseconds: after the first, one is due every `1 / perSecond` s.
 * Throws when not all of them came.
 */
export async function latenessOf(
  response: Response,
  read: Reading,
  { tokens, perSecond }: { tokens: number; perSecond: number },
): Promise<number[]> {
  const pieces = scriptedAnswer(tokens);
  const late: number[] = [];
  let missing = "";
  let firstAt = Number.NaN;
  for await (const data of dataOf(response)) {
    const { text, ended } = read(data);
    missing += text;
    const now = performance.now();
    for (let piece = pieces[late.length]; piece && missing.startsWith(piece); piece = pieces[late.length]) {
      missing = missing.slice(piece.length);
      if (late.length === 0) firstAt = now;
      late.push(now - firstAt - (late.length * 1000) / perSecond);
    }
    if (ended) break;
  }
  if (late.length < tokens) throw new Error(`${late.length} of ${tokens} tokens came`);
  return late;
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
