// @vitest-environment node
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { EventStream } from "./event-stream";

const RETRY_MS = 11;
/** Longer than any test takes: a busy machine is not a line that broke. */
const NEVER_MS = 60_000;
/** Of each test's own. */
let times = { openingMs: NEVER_MS, silenceMs: NEVER_MS };
const ends: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const end of ends.splice(0)) end();
  times = { openingMs: NEVER_MS, silenceMs: NEVER_MS };
});

/** What a server says, one answer after the other for each time that it is asked. */
async function heardFrom(...answers: ((request: IncomingMessage, response: ServerResponse) => void)[]) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const answer = answers[asked.length] ?? answers.at(-1);
    asked.push(request);
    answer?.(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const heard: unknown[] = [];
  const stream = new EventStream(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    {
      opened: () => heard.push("opened"),
      event: ({ type, data }) => heard.push([type, data]),
      failed: (refused) => heard.push(refused ? "refused" : "broken"),
    },
    { retryMs: RETRY_MS, ...times },
  );
  ends.push(() => {
    stream.close();
    server.closeAllConnections();
    server.close();
  });
  return { asked, heard, stream };
}

const streaming =
  (text: string, more: { end?: boolean } = {}) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.write(text);
    if (more.end) response.end();
  };

test("threat 81: a line over which the server says nothing but that it is alive is not given up", async () => {
  times.silenceMs = 3_000;
  const { asked, heard } = await heardFrom((_, response) => {
    streaming(":\n\n")(_, response);
    let beats = 0;
    const beat = setInterval(() => {
      response.write(++beats < 20 ? ":\n\n" : "data: still here\n\n");
      if (beats === 20) clearInterval(beat);
    }, 200);
  });
  await vi.waitFor(() => expect(heard).toEqual(["opened", ["message", "still here"]]), { timeout: 30_000 });
  expect(asked).toHaveLength(1);
});

test("threat 81: a line that nobody opens is given up", async () => {
  times.openingMs = 200;
  const { asked } = await heardFrom(() => {});
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1), { timeout: 30_000 });
});

test("a line that broke is taken up again after the last event, a silent one too", async () => {
  times.silenceMs = 500;
  const { asked, heard, stream } = await heardFrom(
    streaming("id: 4\ndata: one\n\n", { end: true }),
    (_, response) => response.destroy(),
    streaming("data: two\n\n"),
    streaming("data: three\n\n"),
  );
  // The last falls silent, too, in the end.
  await vi.waitFor(
    () =>
      expect(heard.slice(0, 9)).toEqual([
        "opened",
        ["message", "one"],
        "broken",
        "broken",
        "opened",
        ["message", "two"],
        "broken",
        "opened",
        ["message", "three"],
      ]),
    { timeout: 30_000 },
  );
  const ids = asked.map(({ headers }) => headers["last-event-id"]);
  expect(ids.slice(0, 4)).toEqual([undefined, "4", "4", "4"]);
  await vi.waitFor(() => expect(stream.connected).toBe(true));
});

test("a refusal is said, and nobody is asked again", async () => {
  const { asked, heard, stream } = await heardFrom((_, response) => response.writeHead(404).end("{}"));
  const again = vi.spyOn(globalThis, "setTimeout");
  await vi.waitFor(() => expect(heard).toEqual(["refused"]));
  expect(stream.connected).toBe(false);
  expect(again).not.toHaveBeenCalledWith(expect.anything(), RETRY_MS);
  expect(asked).toHaveLength(1);
});

test("after it was closed nothing is heard, and the line is given up", async () => {
  const { asked, heard, stream } = await heardFrom(streaming("data: one\n\n"));
  await vi.waitFor(() => expect(heard).toContainEqual(["message", "one"]));
  stream.close();
  await once(asked[0]?.socket ?? process, "close");
  expect(heard).toEqual(["opened", ["message", "one"]]);
});
