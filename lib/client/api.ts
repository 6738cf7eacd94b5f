import type { ProblemCode } from "@/lib/platform/problem";

/** A refusal as the server or the network gave it; `code` has a sentence in the catalogues: `problem.<code>`. */
export interface ProblemInfo {
  code: ProblemCode | "offline" | "timeout" | "part-missing";
  details: Record<string, string | number>;
}

/** Thrown by `request`. */
export class RequestFailed extends Error {
  readonly problem: ProblemInfo;

  constructor(problem: ProblemInfo) {
    super(problem.code);
    this.name = "RequestFailed";
    this.problem = problem;
  }
}

/** How long a request may take before it counts as lost, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** Calls our own API with JSON. Throws RequestFailed; answers undefined for 204. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await begin(method, path, body, AbortSignal.timeout(TIMEOUT_MS));
  if (response.status === 204) return undefined as T;
  const json = await response.json().catch(() => null);
  if (json !== null) return json as T;
  throw new RequestFailed({ code: "internal", details: {} });
}

/** The same for a response that is read as it comes. Throws RequestFailed when it is a refusal. */
export async function begin(
  method: string,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<Response> {
  const response = await reach(method, path, body, signal);
  if (response.ok) return response;
  const json = await response.json().catch(() => null);
  const { code = "internal", ...details } = json?.error ?? {};
  throw new RequestFailed({ code, details });
}

async function reach(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    const code = error instanceof DOMException && error.name === "TimeoutError" ? "timeout" : "offline";
    throw new RequestFailed({ code, details: {} });
  }
}

/** The problem in anything that was thrown. */
export const problemOf = (error: unknown): ProblemInfo =>
  error instanceof RequestFailed ? error.problem : { code: "internal", details: {} };
