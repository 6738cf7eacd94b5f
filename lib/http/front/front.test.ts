import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { frontDoor } from "./index";
import { countedAddress, type Trust } from "./origin";

let server: Server | undefined;
afterEach(() => server?.close());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The request's headers as the application behind the door saw them; null when it saw nothing. */
  seen: Record<string, string> | null;
}

/** Sends one raw request through a front door. */
async function through(
  options: { method?: string; path?: string; headers?: Record<string, string> },
  trust: Partial<Trust> = {},
): Promise<Answer> {
  const door = frontDoor(
    (incoming, response) => {
      response.end(JSON.stringify(incoming.headers));
    },
    { publicUrl: null, trustedProxies: 0, ...trust },
  );
  server = createServer((incoming, response) => void door(incoming, response));
  await new Promise<void>((ready) => server?.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path: "/", ...options }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        resolve({ status, headers: response.headers, seen: status === 200 ? JSON.parse(body) : null });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("the front door", () => {
  it("puts the security headers on everything, and a fresh nonce into the policy", async () => {
    const [first, second] = [await through({}), await through({})];
    const policy = String(first.headers["content-security-policy"]);
    expect(policy).toContain(`'nonce-${first.seen?.["x-nonce"]}'`);
    expect(policy).toContain("img-src 'self' blob: data:");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(first.seen?.["x-nonce"]).not.toBe(second.seen?.["x-nonce"]);
    expect(first.headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  });

  it("lets nothing run in what is no page, and keeps it private", async () => {
    for (const path of ["/api/images/1", "/s/token/images/1"]) {
      const { headers } = await through({ path });
      expect(headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
      expect(headers["cache-control"]).toBe("private, no-store");
    }
    expect((await through({ path: "/s/token" })).headers["content-security-policy"]).toContain("nonce-");
  });

  it("lets workers run WebAssembly, and no page", async () => {
    const { headers } = await through({ path: "/_next/static/chunks/worker.js" });
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
    );
    const page = await through({ path: "/_next/data/static/" });
    expect(page.headers["content-security-policy"]).not.toContain("wasm");
  });

  it("threat 4: drops headers that only we may write", async () => {
    const forged = {
      "x-middleware-subrequest": "middleware",
      "x-nonce": "mine",
      "x-leeward-address": "1.2.3.4",
    };
    const { seen } = await through({
      headers: { ...forged, "x-forwarded-host": "evil.example", "x-invoke-path": "/a" },
    });
    expect(seen).not.toHaveProperty("x-middleware-subrequest");
    expect(seen).not.toHaveProperty("x-invoke-path");
    expect(seen?.["x-nonce"]).not.toBe("mine");
    expect(seen?.["x-leeward-address"]).toBe("127.0.0.1");
    expect(seen?.["x-forwarded-host"]).toMatch(/^127\.0\.0\.1:/);
  });

  it("threat 20: refuses writes that another site's page sent", async () => {
    const post = (headers: Record<string, string>) => through({ method: "POST", path: "/api/x", headers });
    expect((await post({ origin: "null" })).status).toBe(403);
    expect((await post({ origin: "https://evil.example" })).status).toBe(403);
    expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await post({ "sec-fetch-site": "same-site" })).status).toBe(403);
    expect((await post({ host: "chat.example", origin: "http://chat.example" })).status).toBe(200);
    expect((await post({})).status).toBe(200);
  });

  it("leads on from the address of the share sheet, and takes nothing there", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const shared = await through({ method: "POST", path: "/share-target", headers });
    expect([shared.status, shared.headers.location]).toEqual([303, "/share-target"]);
    expect((await through({ method: "POST", path: "/share-targets", headers })).status).toBe(405);
    const fromTelephone = { ...headers, origin: "null", "sec-fetch-site": "none" };
    expect((await through({ method: "POST", path: "/share-target", headers: fromTelephone })).status).toBe(
      303,
    );
    expect((await through({ method: "POST", path: "/api/x", headers: fromTelephone })).status).toBe(403);
    const foreign = { ...headers, "sec-fetch-site": "cross-site" };
    expect((await through({ method: "POST", path: "/share-target", headers: foreign })).status).toBe(403);
  });

  it("knows its own origin by the configured address, or by proxies of ours", async () => {
    const headers = {
      host: "inside:3000",
      origin: "https://chat.example",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "chat.example",
    };
    const post = (trust: Partial<Trust>) => through({ method: "POST", path: "/api/x", headers }, trust);
    expect((await post({})).status).toBe(403);
    expect((await post({ trustedProxies: 1 })).status).toBe(200);
    expect((await post({ publicUrl: "https://chat.example" })).status).toBe(200);
  });

  it("threat 19: counts by the address that our own proxy saw, never by what the client made up", async () => {
    const headers = { "x-forwarded-for": "6.6.6.6, 7.7.7.7, 203.0.113.9" };
    expect((await through({ headers })).seen?.["x-leeward-address"]).toBe("127.0.0.1");
    expect((await through({ headers }, { trustedProxies: 1 })).seen?.["x-leeward-address"]).toBe(
      "203.0.113.9",
    );
    expect((await through({ headers }, { trustedProxies: 2 })).seen?.["x-leeward-address"]).toBe("7.7.7.7");
  });

  it.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0DB8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["unknown", "unknown"],
  ])("threat 19: counts %s as %s", (address, counted) => {
    expect(countedAddress(address)).toBe(counted);
  });

  it("threat 6: lets nothing be written to a page; a form without script gets the page again", async () => {
    const send = (headers: Record<string, string>) =>
      through({ method: "POST", path: "/sign-in?next=%2F", headers });
    const form = "application/x-www-form-urlencoded";
    for (const type of ["text/plain", "multipart/form-data; boundary=x"]) {
      expect(await send({ "content-type": type })).toMatchObject({
        status: 405,
        headers: { allow: "GET, HEAD" },
      });
    }
    expect((await send({ "content-type": form, "next-action": "x" })).status).toBe(405);
    expect(await send({ "content-type": form })).toMatchObject({
      status: 303,
      headers: { location: "/sign-in?next=%2F" },
    });
  });

  it.each([
    ["says its size", { "content-length": 40 * 1024 * 1024 }],
    ["does not", { "transfer-encoding": "chunked" }],
  ])("threat 89: refuses a body that is too large and %s, and the client can read so", async (_, headers) => {
    const door = frontDoor((incoming) => void incoming.resume(), { publicUrl: null, trustedProxies: 0 });
    server = createServer((incoming, response) => void door(incoming, response));
    await new Promise<void>((ready) => server?.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      const sent = request(
        { port, host: "127.0.0.1", method: "POST", path: "/api/x", headers },
        (response) => {
          resolve(response.statusCode);
          sent.destroy();
        },
      );
      sent.on("error", reject);
      const pour = (pieces: number) => {
        if (pieces < 40 && !sent.destroyed) sent.write(Buffer.alloc(1024 * 1024), () => pour(pieces + 1));
      };
      pour(0);
    });
    expect(status).toBe(413);
  });

  it.each(["http://evil.example/api/x", "//evil.example/x", "/\\evil.example"])(
    "threat 55: refuses the target %s",
    async (path) => {
      expect((await through({ path })).status).toBe(400);
    },
  );

  it("lets one page alone be framed, and by our own pages alone", async () => {
    const id = "0b6a3a54-9d3f-4c43-8a4e-3d7f9a1f4c55";
    const preview = await through({ path: `/share-preview/${id}?title=a` });
    expect(preview.headers["content-security-policy"]).toContain("frame-ancestors 'self'");
    expect(preview.headers["x-frame-options"]).toBe("SAMEORIGIN");
    for (const path of ["/", "/s/x", "/share-preview/", "/share-preview/a/b", `/x/share-preview/${id}`]) {
      const { headers } = await through({ path });
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-frame-options"]).toBe("DENY");
    }
  });
});
