/** A complete HTTP answer that is not a stream. */
export type Reply = { status: number; body: string; type: string; headers?: Record<string, string> };

export type ErrorDetails = { status?: number; type?: string; param?: string | null };

/** Something the model server refuses; rendered in the envelope of the server's generation. */
export class ApiError extends Error {
  readonly details: Required<ErrorDetails>;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.details = { status: 400, type: "BadRequestError", param: null, ...details };
  }
}

/** Something refused with a ready answer: by the gateway, or in plain text. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`HTTP ${reply.status}`);
    this.reply = reply;
  }
}

/** The answer to any thrown value; whatever is unforeseen is the server's plain 500. */
export function replyTo(error: unknown, envelope: "vllm" | "vllm-old"): Reply {
  if (error instanceof Refusal) return error.reply;
  if (!(error instanceof ApiError)) return INTERNAL_ERROR;
  return json(envelop(error, envelope), error.details.status);
}

/** The error as JSON: `{"error":{...}}` (vLLM from 0.10.1 on), or flat with `object: "error"` (before). */
export function envelop(error: ApiError, envelope: "vllm" | "vllm-old"): object {
  const { status, type, param } = error.details;
  const fields = { message: error.message, type, param, code: status };
  return envelope === "vllm" ? { error: fields } : { object: "error", ...fields };
}

export function json(value: unknown, status = 200): Reply {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

/** The IONOS gateway's 401, word for word. */
export const UNAUTHORIZED: Reply = ionos(
  401,
  "paas-auth-1",
  "Unauthorized, wrong or no api key provided to process this request",
);

/** 429 as documented: `Retry-After` in seconds. Its body is not known; the gateway's envelope is assumed. */
export function rateLimited(retryAfterSeconds: number): Reply {
  const headers = { "retry-after": String(retryAfterSeconds) };
  return { ...ionos(429, "paas-ratelimit-1", "Too many requests"), headers };
}

export const INTERNAL_ERROR: Reply = { status: 500, type: "text/plain", body: "Internal Server Error" };
export const BODY_TOO_LARGE: Reply = { status: 413, type: "text/plain", body: "Request Entity Too Large" };

/** A page such as nginx puts in front of the real server. */
export function gatewayPage(status: number, title: string): Reply {
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { status, type: "text/html", body };
}

function ionos(status: number, errorCode: string, message: string): Reply {
  return json({ httpStatus: status, messages: [{ errorCode, message }] }, status);
}
