import { contextFull, contextFullNew, contextFullOld, outputTooLarge } from "./context.ts";
import {
  ApiError,
  envelop,
  gatewayPage,
  INTERNAL_ERROR,
  json,
  type Reply,
  rateLimited,
  UNAUTHORIZED,
} from "./errors.ts";
import type { FaultName } from "./faults.ts";
import { CANNOT_IDENTIFY } from "./images.ts";

const FULL = { inputTokens: 46_809, outputTokens: 4096, contextTokens: 40_960 };

/** The faults that replace the whole answer; undefined for those that happen inside a stream. */
export function httpFault(name: FaultName, model: string, argument?: number): Reply | undefined {
  switch (name) {
    case "context-full":
      return vllm(contextFull(FULL));
    case "context-full-old":
      return vllm(
        contextFullOld({ inputTokens: 112_946, outputTokens: 10_000, contextTokens: 40_960 }),
        "vllm-old",
      );
    case "context-full-new":
      return vllm(contextFullNew(FULL));
    case "output-too-large":
      return vllm(outputTooLarge({ inputTokens: 12_000, outputTokens: 32_000, contextTokens: 40_960 }));
    case "bad-image":
      return vllm(new ApiError(CANNOT_IDENTIFY));
    case "too-many-images":
      return vllm(new ApiError("At most 4 image(s) may be provided in one prompt."));
    case "unknown-model":
      return vllm(
        new ApiError(`The model \`${model}\` does not exist.`, {
          status: 404,
          type: "NotFoundError",
          param: "model",
        }),
      );
    case "no-tools":
      return vllm(
        new ApiError(
          '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        ),
      );
    default:
      return gatewayFault(name, argument);
  }
}

function gatewayFault(name: FaultName, argument = 2): Reply | undefined {
  switch (name) {
    case "body-too-large":
      return gatewayPage(413, "413 Request Entity Too Large");
    case "rate-limited":
      return rateLimited(argument);
    case "unauthorized":
      return UNAUTHORIZED;
    case "server-error":
      return INTERNAL_ERROR;
    case "bad-gateway":
      return gatewayPage(502, "502 Bad Gateway");
    case "gateway-timeout":
      return gatewayPage(504, "504 Gateway Time-out");
    case "html-200":
      return gatewayPage(200, "Welcome to nginx!");
    default:
      return undefined;
  }
}

function vllm(error: ApiError, envelope: "vllm" | "vllm-old" = "vllm"): Reply {
  return json(envelop(error, envelope), error.details.status);
}
