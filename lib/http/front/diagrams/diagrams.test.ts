import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withDiagrams } from "./index";

let server: Server;
let url: string;
beforeAll(async () => {
  const handler = withDiagrams((_request, response) => void response.writeHead(418).end());
  server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe("threat 30: the frame in which diagrams are drawn", () => {
  it("is sandboxed, with a policy that lets nothing in and nothing out", async () => {
    const frame = await fetch(`${url}/diagrams/frame`);
    const policy = frame.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[^']+' 'strict-dynamic'; /);
    expect(policy).toContain("; sandbox allow-scripts; frame-ancestors 'self'; ");
    expect(policy).not.toMatch(/allow-same-origin|unsafe-eval|connect-src|img-src/);
    const html = await frame.text();
    expect(html).toContain(`nonce="${/'nonce-([^']+)'/.exec(policy)?.[1]}"`);
    expect(html).toContain('securityLevel: "strict"');
    // What would end the script early, or begin another.
    expect(html.match(/<\/?script/g)).toHaveLength(2);
  });

  it("finds its library, whole, for an origin that is not ours, and nothing else of the disk", async () => {
    const html = await (await fetch(`${url}/diagrams/frame`)).text();
    const main = /MERMAID = "([^"]+)"/.exec(html)?.[1] ?? "";
    const library = await fetch(url + main);
    expect(library.headers.get("access-control-allow-origin")).toBe("*");
    expect(library.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(library.headers.get("vary")).toBe("accept-encoding");
    const source = await library.text();
    const [, chunk = ""] = /from\s*"\.\/(chunks\/[^"]+)"/.exec(source) ?? [];
    expect((await fetch(new URL(chunk, url + main))).status).toBe(200);
    for (const path of ["/diagrams/", "/diagrams/..%2fpackage.json", `${main}.map`, "/diagrams/1/x.mjs"]) {
      expect((await fetch(url + path)).status, path).toBe(404);
    }
    expect((await fetch(`${url}/elsewhere`)).status).toBe(418);
  });
});
