import { describe, expect, it } from "vitest";
import { failureOfResponse, retryAfterOf } from "./failure";

const failure = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  failureOfResponse(status, new Headers(headers), typeof body === "string" ? body : JSON.stringify(body))
    .failure;
const vllm = (message: string, code = 400, type = "BadRequestError") => ({
  error: { message, type, param: null, code },
});

describe("what the upstream's errors mean", () => {
  it("a full context, in the words of three versions", () => {
    const full = { code: "context-full", limit: 40_960, actual: 46_809 };
    const first =
      "This model's maximum context length is 40960 tokens. However, your request has 46809 input tokens. Please reduce the length of the input messages. None";
    const older =
      "This model's maximum context length is 40960 tokens. However, you requested 46809 tokens (36809 in the messages, 10000 in the completion).";
    const newest =
      "You passed 46809 input tokens and requested 100 output tokens. However, the model's context length is only 40960 tokens.";
    for (const message of [first, older, newest]) {
      expect(failure(400, vllm(message))).toEqual(full);
      expect(failure(400, { object: "error", message, type: "BadRequestError", code: 400 })).toEqual(full);
    }
  });

  it("an answer that does not fit beside its question, by what is in the way", () => {
    const said = (asked: number, input: number) =>
      vllm(
        `'max_tokens' or 'max_completion_tokens' is too large: ${asked}. This model's maximum context length is 40960 tokens and your request has ${input} input tokens (${asked} > 40960 - ${input}). None`,
      );
    expect(failure(400, said(32_000, 12_000))).toEqual({ code: "output-too-large" });
    expect(failure(400, said(4_000, 39_000))).toEqual({
      code: "context-full",
      limit: 40_960,
      actual: 43_000,
    });
  });

  it.each([
    [
      401,
      {
        httpStatus: 401,
        messages: [{ errorCode: "paas-auth-1", message: "Unauthorized, wrong or no api key" }],
      },
      "token-refused",
    ],
    [403, "", "no-permission"],
    [404, vllm("The model `x` does not exist.", 404, "NotFoundError"), "model-unknown"],
    [400, vllm("'max_tokens' or 'max_completion_tokens' is too large: 32000."), "output-too-large"],
    [400, vllm("cannot identify image file <_io.BytesIO object at 0x7f>"), "image-refused"],
    [
      400,
      vllm('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
      "tools-unsupported",
    ],
    [400, vllm("something new"), "request-refused"],
    [413, "<html>413 Request Entity Too Large</html>", "request-too-large"],
    [500, "Internal Server Error", "upstream-busy"],
    [502, "<html><h1>502 Bad Gateway</h1></html>", "upstream-down"],
    [504, "<html>", "upstream-down"],
  ])("%i %j is %s", (status, body, code) => {
    expect(failure(status, body).code).toBe(code);
  });

  it("too many images names the limit", () => {
    expect(failure(400, vllm("At most 4 image(s) may be provided in one prompt."))).toEqual({
      code: "too-many-images",
      limit: 4,
    });
  });

  it("a rate limit carries the wait", () => {
    expect(failure(429, "", { "retry-after": "7" })).toEqual({ code: "rate-limited", retryAfter: 7 });
  });

  it("only what may pass is worth another try", () => {
    const passing = [429, 500, 502, 503].map(
      (status) => failureOfResponse(status, new Headers(), "").passing,
    );
    const final = [400, 401, 403, 404, 413].map(
      (status) => failureOfResponse(status, new Headers(), "").passing,
    );
    expect([...passing, ...final]).toEqual([true, true, true, true, false, false, false, false, false]);
  });
});

describe("Retry-After", () => {
  const at = (value: string) =>
    retryAfterOf(new Headers({ "retry-after": value }), Date.parse("2026-01-01T00:00:00Z"));

  it("is seconds or a date, at least one, at most an hour", () => {
    expect(at("2")).toBe(2);
    expect(at("0.2")).toBe(1);
    expect(at("Thu, 01 Jan 2026 00:00:30 GMT")).toBe(30);
    expect(at("999999")).toBe(3600);
    expect(at("soon")).toBe(1);
  });
});
