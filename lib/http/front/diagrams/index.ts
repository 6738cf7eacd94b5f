import { createReadStream, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { constants, createBrotliCompress } from "node:zlib";
import { makeNonce } from "../headers.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

const PREFIX = "/diagrams/";
const FRAME = `${PREFIX}frame`;
const MAIN = "mermaid.esm.min.mjs";
const CHUNKS = "chunks/mermaid.esm.min";

/**
 * Serves the frame in which diagrams are drawn, and the library for it (threat 30). Whatever a diagram makes that
 * library do happens in an origin of its own, without storage, cookies, network, or a way to the page around it.
 */
export function withDiagrams(next: Handler, root = process.cwd()): Handler {
  let library: Library | undefined;
  return (request, response) => {
    if (!request.url?.startsWith(PREFIX)) return next(request, response);
    library ??= openLibrary(root);
    const path = request.url.split("?")[0] ?? "";
    if (path === FRAME) return frame(response, library);
    const file = library.files.get(path);
    return file ? script(request, response, file) : void response.writeHead(404).end();
  };
}

interface Library {
  /** Path of the file to begin with. */
  main: string;
  /** Files on the disk by path. */
  files: Map<string, string>;
  draw: string;
}

function openLibrary(root: string): Library {
  const mermaid = join(root, "node_modules/mermaid");
  const { version } = JSON.parse(readFileSync(join(mermaid, "package.json"), "utf8")) as { version: string };
  const chunks = readdirSync(join(mermaid, "dist", CHUNKS)).filter((name) => name.endsWith(".mjs"));
  const files = [MAIN, ...chunks.map((name) => `${CHUNKS}/${name}`)];
  const base = `${PREFIX}${version}/`;
  return {
    main: base + MAIN,
    files: new Map(files.map((name) => [base + name, join(mermaid, "dist", name)])),
    draw: readFileSync(join(root, "lib/http/front/diagrams/draw.mjs"), "utf8"),
  };
}

function frame(response: ServerResponse, { main, draw }: Library): void {
  const nonce = makeNonce();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    // Diagrams are measured with the styles that they will have.
    "style-src 'unsafe-inline'",
    "sandbox allow-scripts",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "x-frame-options": "SAMEORIGIN",
    "cache-control": "no-store",
  });
  response.end(
    `<!doctype html><title>Diagram</title><body><script type="module" nonce="${nonce}">const MERMAID = "${main}";\n${draw}</script>`,
  );
}

/** The frame's origin is none of ours: it may load this, as anybody may. The path names the version. */
function script(request: IncomingMessage, response: ServerResponse, file: string): void {
  const isCompressed = /\bbr\b/.test(String(request.headers["accept-encoding"]));
  response.writeHead(200, {
    "content-type": "text/javascript; charset=utf-8",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
    ...(isCompressed ? { "content-encoding": "br" } : {}),
  });
  if (request.method === "HEAD") return void response.end();
  const whole = (error: unknown) => error && response.destroy();
  if (!isCompressed) return void pipeline(createReadStream(file), response, whole);
  const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  pipeline(createReadStream(file), brotli, response, whole);
}
