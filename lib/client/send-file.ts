import { FILE_NAME_HEADER } from "@/lib/images/name";

export interface SendOptions {
  /** Aborting rejects with the signal's reason. */
  signal?: AbortSignal;
  /** From 0 to 1, as the bytes leave. */
  onProgress?: (share: number) => void;
}

export interface FileAnswer {
  status: number;
  body: unknown;
}

/**
 * Posts a file as a request's body, its name beside it. XMLHttpRequest, because fetch does not tell how far an
 * upload is. Null when no answer came.
 */
export function sendFile(
  path: string,
  { blob, name, headers = {} }: { blob: Blob; name: string; headers?: Record<string, string> },
  { signal, onProgress }: SendOptions,
): Promise<FileAnswer | null> {
  const request = new XMLHttpRequest();
  const abort = () => request.abort();
  return new Promise<FileAnswer | null>((resolve, reject) => {
    request.open("POST", path);
    request.responseType = "json";
    request.setRequestHeader("content-type", blob.type || "application/octet-stream");
    request.setRequestHeader(FILE_NAME_HEADER, encodeURIComponent(name));
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress?.(total ? loaded / total : 0),
    );
    request.addEventListener("load", () => resolve({ status: request.status, body: request.response }));
    request.addEventListener("error", () => resolve(null));
    request.addEventListener("abort", () => reject(signal?.reason));
    signal?.addEventListener("abort", abort);
    request.send(blob);
  }).finally(() => signal?.removeEventListener("abort", abort));
}

/** The server's `{error: {code, …}}`; empty when something between us answered, in HTML. */
export function problemIn(answer: FileAnswer | null): Record<string, string | number> {
  return (answer?.body as { error?: Record<string, string | number> } | null)?.error ?? {};
}
