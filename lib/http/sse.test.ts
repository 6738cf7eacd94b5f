import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { type EventSink, eventStream } from "./sse";

let server: Server | undefined;
afterEach(() => {
  vi.useRealTimers();
  server?.closeAllConnections();
  server?.close();
});

/** A reader of a stream, and what it has heard so far. */
async function reading(subscribe: (sink: EventSink) => void, recheck = async () => {}) {
  server = createServer((request, response) =>
    eventStream(request, response, {
      subscribe: async (sink) => {
        subscribe(sink);
        return () => {};
      },
      recheck,
    }),
  );
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((done) => get({ port, host: "127.0.0.1" }, done));
  const heard = { text: "", ended: false, headers: response.headers };
  response.setEncoding("utf8").on("data", (text) => {
    heard.text += text;
  });
  response.once("end", () => {
    heard.ended = true;
  });
  return heard;
}

const heartbeats = (text: string) => text.split("\n\n").filter((block) => block === ":").length;

test("threat 80: with nothing to say it speaks more than once in the minute after which proxies hang up", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const heard = await reading(() => {});
  await vi.waitFor(() => expect(heard.text).toContain("event: build"));
  const before = heartbeats(heard.text);
  vi.advanceTimersByTime(59_000);
  await vi.waitFor(() => expect(heartbeats(heard.text) - before).toBeGreaterThanOrEqual(2));
});

test("threat 80: it asks proxies neither to collect nor to compress it", async () => {
  const { headers } = await reading(() => {});
  expect(headers["x-accel-buffering"]).toBe("no");
  expect(headers["cache-control"]).toContain("no-transform");
});

test("threat 14: it ends with the session that it was opened in, at the next heartbeat", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const heard = await reading(
    () => {},
    () => Promise.reject(new Error("signed out")),
  );
  vi.advanceTimersByTime(59_000);
  await vi.waitFor(() => expect(heard.ended).toBe(true));
});
