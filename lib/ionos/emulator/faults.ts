/** Every fault that a request may ask for, by header `x-emulator-fault` or marker `[[fault:NAME]]`. */
export const FAULTS = [
  { name: "slow-first-byte", description: "No headers for 5 s (or the marker's number of ms), then normal" },
  { name: "silence", description: "Five tokens, then nothing more while the socket stays open" },
  { name: "keepalive-only", description: "Headers, then only SSE comments, one a second (or :MS), for ever" },
  { name: "error-in-middle", description: "Half the answer, then data: {error}, then [DONE]" },
  { name: "cut-without-done", description: "Half the answer, then a clean end: no finish_reason, no [DONE]" },
  { name: "reset-in-middle", description: "Half the answer, then the socket is destroyed" },
  { name: "no-finish", description: "The whole answer and [DONE], but no finish_reason" },
  { name: "malformed-sse", description: "Broken JSON and a line without a field in the middle" },
  { name: "utf8-split", description: "Each byte of every multibyte character travels alone" },
  { name: "byte-by-byte", description: "Every byte of the stream travels alone" },
  { name: "crlf", description: "Lines end in CR LF" },
  { name: "empty-choices", description: "A chunk with choices: [] in the middle" },
  { name: "null-choices", description: "A chunk with choices: null in the middle" },
  { name: "no-usage", description: "No usage, although it was asked for" },
  { name: "double-finish", description: "Two chunks with a finish_reason" },
  { name: "no-done", description: "Everything but [DONE]" },
  { name: "unknown-event", description: "An event of an unknown name, an id and a retry line in the middle" },
  { name: "context-full", description: "400: context full, in the current words" },
  { name: "context-full-old", description: "400: context full, in the words and envelope of older servers" },
  { name: "context-full-new", description: "400: context full, in the words of the newest servers" },
  { name: "output-too-large", description: "400: max_tokens is too large" },
  { name: "bad-image", description: "400: cannot identify image file" },
  { name: "too-many-images", description: "400: at most 4 images" },
  { name: "unknown-model", description: "404: the model does not exist" },
  { name: "no-tools", description: "400: tools are not enabled on the server" },
  { name: "body-too-large", description: "413 as a gateway's HTML page" },
  { name: "rate-limited", description: "429 with Retry-After: 2 (or the marker's number of seconds)" },
  { name: "unauthorized", description: "401 in the gateway's envelope" },
  { name: "server-error", description: "500 in plain text" },
  { name: "bad-gateway", description: "502 as an HTML page" },
  { name: "gateway-timeout", description: "504 as an HTML page" },
  { name: "html-200", description: "An HTML page with status 200" },
  { name: "reset", description: "The socket is destroyed before any header" },
  { name: "error-200", description: "Status 200, then data: {error} at once, then [DONE]" },
  {
    name: "huge",
    description: "An answer of 50,000 tokens (or the marker's number) at once, whatever the limit",
  },
] as const;

export type FaultName = (typeof FAULTS)[number]["name"];

/** A fault that a request has asked for, with the number that its marker carried. */
export type ChosenFault = { name: FaultName; argument?: number };

/** Narrows a name that came with a request. */
export function isFault(name: string): name is FaultName {
  return FAULTS.some((fault) => fault.name === name);
}
