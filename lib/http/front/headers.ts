import { randomBytes } from "node:crypto";

/**
 * What a page may load: our own files, and scripts that carry this response's nonce. Pictures only from here,
 * so that nothing in an answer can call out (threats 25 to 27). Attributes of style are allowed because
 * rendered pages have them; style elements are not, unless they are ours.
 */
export function contentSecurityPolicy(nonce: string, { dev = false, framed = false } = {}): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-inline'" : ""}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    // Diagrams are drawn in a sandboxed page of ours (diagrams/); a share is previewed in a frame too.
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    `frame-ancestors ${framed ? "'self'" : "'none'"}`,
    "base-uri 'none'",
  ].join("; ");
}

/** For what is no page: data, and pictures that someone may open by themselves. Nothing in it runs or loads. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * For the build's own files. Only those read it that a worker starts with, which have a policy of their own: the one
 * that prepares pictures may run WebAssembly, as the decoder of telephones' photographs is, and no page may.
 */
export const BUILT_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The one page that one of ours shows in a frame: how a share will look, in the dialog that makes it. */
export const isFramed = (url: string): boolean => /^\/share-preview\/[\w-]{1,64}(\?|$)/.test(url);

export const makeNonce = (): string => randomBytes(16).toString("base64");

/** Said with every response, whatever it is. */
export function securityHeaders(publicUrl: string | null): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy":
      "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ...(publicUrl?.startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
