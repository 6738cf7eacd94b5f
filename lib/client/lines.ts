import { RequestFailed } from "./api";

/**
 * The lines of a response that come as they are ready, each of them JSON; empty ones only say that it is alive. Throws
 * RequestFailed for one that is a refusal, which is the last.
 */
export async function* linesOf<Line extends object>(response: Response): AsyncGenerator<Line> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const found = (rest + value).split("\n");
    rest = found.pop() ?? "";
    for (const line of found) if (line !== "") yield lineOf<Line>(line);
  }
}

function lineOf<Line extends object>(text: string): Line {
  const line: Line | { error: { code: RequestFailed["problem"]["code"] } } = JSON.parse(text);
  if (!("error" in line)) return line;
  const { code, ...details } = line.error as { code: RequestFailed["problem"]["code"] };
  throw new RequestFailed({ code, details });
}
