// @vitest-environment node
import "./testing/other-network.mjs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { guardedFetch } from "./index";

// Names ending in ".test" are on a small internet of this machine's own (testing/other-network.mjs).

let server: Server;
let port: number;
let seen: { url: string; headers: Record<string, unknown> }[];
let answer: RequestListener;

beforeEach(async () => {
  seen = [];
  answer = (_request, response) => response.end("found");
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? "", headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const OPTIONS = { accept: "image/*", wanted: () => true, limit: 1000, timeoutMs: 20_000 };
const get = (host: string, options: Partial<typeof OPTIONS> = {}) =>
  guardedFetch(`http://${host}:${port}/a.png?b=1`, { ...OPTIONS, ...options });
const refusal = (fetching: Promise<unknown>) =>
  fetching.then(
    () => "fetched",
    (error) => error.reason ?? error,
  );

test("gives what is there, and says nothing of anybody", async () => {
  answer = (_request, response) => {
    response.writeHead(200, { "content-type": "Image/PNG; x=y", "set-cookie": "a=b" }).end("bytes");
  };
  const found = await get("pictures.test");
  expect(Buffer.from(found.bytes).toString()).toBe("bytes");
  expect(found.contentType).toBe("image/png");
  expect(seen).toEqual([
    {
      url: "/a.png?b=1",
      headers: {
        host: `pictures.test:${port}`,
        accept: "image/*",
        "accept-encoding": "identity",
        "user-agent": "Leeward",
        connection: "close",
      },
    },
  ]);
});

describe("threat 51: nothing but the open internet is reached", () => {
  test.each([
    "127.0.0.1",
    "localhost",
    "localhost.",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "127.1",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "169.254.169.254",
    "[::ffff:a9fe:a9fe]",
    "①②⑦.⓪.⓪.①",
    "inside.test",
    "both.test",
    "mapped.test",
  ])("51 %s", async (host) => {
    expect(await refusal(get(host))).toBe("private-address");
    expect(seen).toEqual([]);
  });

  test("51 the address that was looked at is the one connected to", async () => {
    await get("turncoat.test");
    expect(seen).toHaveLength(1);
    expect(await refusal(get("turncoat.test"))).toBe("private-address");
  });

  test.each([
    "file:///etc/passwd",
    "ftp://pictures.test/",
    "data:image/png,x",
    "gopher://x",
    "nonsense",
    "http://",
  ])("51 %s is no address", async (address) => {
    expect(await refusal(guardedFetch(address, OPTIONS))).toBe("bad-address");
  });

  test("51 credentials are not sent for anybody", async () => {
    expect(await refusal(get("me:secret@pictures.test"))).toBe("bad-address");
    expect(seen).toEqual([]);
  });
});

describe("threat 52: every hop is looked at before it is connected to", () => {
  const to = (location: string): RequestListener => {
    return (_request, response) => response.writeHead(302, { location }).end();
  };

  test.each([
    ["to this machine", () => `http://127.0.0.1:${port}/secret`],
    ["to the cloud's own service", () => "http://169.254.169.254/latest/meta-data/"],
    ["to a name inside", () => `http://inside.test:${port}/`],
    ["without a scheme", () => `//localhost:${port}/`],
  ])("52 %s", async (_name, location) => {
    answer = to(location());
    expect(await refusal(get("pictures.test"))).toBe("private-address");
    expect(seen).toHaveLength(1);
  });

  test.each(["file:///etc/passwd", "http://a:b@pictures.test/"])("52 to %s", async (location) => {
    answer = to(location);
    expect(await refusal(get("pictures.test"))).toBe("bad-address");
  });

  test("52 without end", async () => {
    answer = to("/again");
    expect(await refusal(get("pictures.test"))).toBe("too-many-redirects");
    expect(seen).toHaveLength(6);
  });

  test("a few are followed, by path and by name", async () => {
    answer = (request, response) => {
      if (request.url === "/there") response.end("there");
      else if (request.url === "/next") to(`http://cdn.test:${port}/there`)(request, response);
      else to("/next")(request, response);
    };
    const found = await get("pictures.test");
    expect(found.url.href).toBe(`http://cdn.test:${port}/there`);
    expect(seen.map(({ headers }) => headers.host)).toEqual([
      `pictures.test:${port}`,
      `pictures.test:${port}`,
      `cdn.test:${port}`,
    ]);
  });
});

describe("bounds", () => {
  test.each([
    ["says so", { "content-length": "2000" }],
    ["does not say so", {}],
  ])("more than wanted that %s", async (_name, headers) => {
    answer = (_request, response) => response.writeHead(200, headers).end(Buffer.alloc(2000));
    expect(await refusal(get("pictures.test"))).toBe("too-large");
  });

  test.each([
    ["before it answers", () => {}],
    ["in the middle", (_request, response) => response.writeHead(200).write("half")],
  ] satisfies [string, RequestListener][])("a server that falls silent %s", async (_name, silent) => {
    answer = silent;
    expect(await refusal(get("pictures.test", { timeoutMs: 300 }))).toBe("too-slow");
  });

  test("what is not wanted is not read", async () => {
    answer = (_request, response) => response.writeHead(200, { "content-type": "text/html" }).write("<p>");
    const wanted = (type: string) => type.startsWith("image/");
    expect(await refusal(guardedFetch(`http://a.test:${port}/`, { ...OPTIONS, wanted }))).toBe(
      "unwanted-type",
    );
  });

  test.each([404, 500, 304, 206])("status %i", async (status) => {
    answer = (_request, response) => response.writeHead(status).end();
    expect(await refusal(get("pictures.test"))).toBe("bad-status");
  });

  test("nobody there", async () => {
    expect(await refusal(get("nowhere.test"))).toBe("unreachable");
    answer = (request) => request.socket.destroy();
    expect(await refusal(get("pictures.test"))).toBe("unreachable");
  });
});
