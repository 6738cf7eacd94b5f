import type { Failure } from "../messages/message";

/** Why the upstream gave no (whole) answer. Carries what people may read; the rest stays in `cause`. */
export class UpstreamFailure extends Error {
  readonly failure: Failure;
  /** True when the same request may succeed a moment later. */
  readonly passing: boolean;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.code, { cause });
    this.name = "UpstreamFailure";
    this.failure = failure;
    this.passing = PASSING.has(failure.code);
  }
}

const PASSING = new Set<Failure["code"]>(["rate-limited", "upstream-busy", "upstream-down"]);

/** An error that arrived with an HTTP status. `body` is its text, however long or odd. */
export function failureOfResponse(status: number, headers: Headers, body: string): UpstreamFailure {
  const { message, type } = errorIn(parseJson(body)) ?? { message: body, type: "" };
  return new UpstreamFailure(byStatus(status, headers, message, type));
}

/** An error object inside a stream that had begun with status 200. */
export function failureOfEvent(event: unknown): UpstreamFailure {
  const { message, type, code } = errorIn(event) ?? { message: "", type: "", code: 0 };
  return new UpstreamFailure(byStatus(code || 500, new Headers(), message, type));
}

function byStatus(status: number, headers: Headers, message: string, type: string): Failure {
  const said = bySentence(message);
  if (said) return said;
  if (status === 401) return { code: "token-refused" };
  if (status === 402 || status === 403) return { code: "no-permission" };
  if (status === 404)
    return { code: /NotFound/i.test(type) || /model/i.test(message) ? "model-unknown" : "upstream-garbled" };
  if (status === 413) return { code: "request-too-large" };
  if (status === 429) return { code: "rate-limited", retryAfter: retryAfterOf(headers) };
  if (status >= 400 && status < 500) return { code: "request-refused" };
  // The hub's documentation: 500 may mean too much traffic.
  if (status === 500 || status === 503) return { code: "upstream-busy" };
  return { code: "upstream-down" };
}

/** Sentences of vLLM, its versions apart (ionos-api: errors to recognise). */
function bySentence(message: string): Failure | null {
  const room =
    /max_(?:completion_)?tokens\D*is too large: (\d+)(?:.*length is (\d+).*has (\d+) input)?/is.exec(message);
  if (room) return withoutRoom(Number(room[1]), Number(room[2]), Number(room[3]));
  const context =
    /maximum context length is (\d+) tokens.*?(?:request has|requested) (\d+)/is.exec(message) ??
    swapped(/passed (\d+) input tokens.*?context length is only (\d+)/is.exec(message));
  if (context) return { code: "context-full", limit: Number(context[1]), actual: Number(context[2]) };
  if (/cannot identify image file|failed to load image|image.*(truncated|broken)/i.test(message))
    return { code: "image-refused" };
  const images = /At most (\d+) image/i.exec(message);
  if (images) return { code: "too-many-images", limit: Number(images[1]) };
  if (/tool choice requires|tool-call-parser/i.test(message)) return { code: "tools-unsupported" };
  return null;
}

/** What was asked for does not fit beside the input: whichever is larger is in the way. NaN where it is not said. */
function withoutRoom(asked: number, limit: number, input: number): Failure {
  return input > asked
    ? { code: "context-full", limit, actual: input + asked }
    : { code: "output-too-large" };
}

const swapped = (match: RegExpExecArray | null) => match && [match[0], match[2], match[1]];

interface ErrorBody {
  message: string;
  type: string;
  code: number;
}

/** The three envelopes: vLLM's, older vLLM's, and the IONOS gateway's. */
function errorIn(body: unknown): ErrorBody | null {
  if (!isObject(body)) return null;
  const inner = isObject(body.error) ? body.error : body;
  if (typeof body.error === "string") return { message: body.error, type: "", code: 0 };
  if (typeof inner.message === "string") {
    return { message: inner.message, type: String(inner.type ?? ""), code: Number(inner.code) || 0 };
  }
  const first = Array.isArray(body.messages) ? body.messages[0] : undefined;
  if (isObject(first))
    return { message: String(first.message ?? ""), type: "", code: Number(body.httpStatus) || 0 };
  return null;
}

/** Seconds to wait: a number of them or a date; one second when it says nothing. At most an hour is believed. */
export function retryAfterOf(headers: Headers, now = Date.now()): number {
  const value = headers.get("retry-after") ?? "";
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(3600, Math.max(1, Math.ceil(seconds))) : 1;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
