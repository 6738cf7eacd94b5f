import { type ClientRequest, request } from "node:http";

/** How an upload ended: with a status, or null when the server only closed the connection. */
export interface RawEnd {
  status: number | null;
  /** Bytes of the body that were handed to the connection until then. */
  written: number;
  seconds: number;
}

interface RawUpload {
  url: string;
  cookie: string;
  /** As the request says; null: it says none and sends chunks. */
  contentLength: number | null;
  /** Called until it gives null or the request has ended; each piece waits for the one before to leave. */
  next: (pieces: number) => Promise<Buffer | null>;
}

/** POST /api/images piece by piece, as no browser does it. */
export function rawUpload({ url, cookie, contentLength, next }: RawUpload): Promise<RawEnd> {
  const begun = performance.now();
  let written = 0;
  return new Promise((resolve) => {
    const end = (status: number | null) => {
      ended = true;
      upload.destroy();
      resolve({ status, written, seconds: (performance.now() - begun) / 1000 });
    };
    let ended = false;
    const headers = {
      cookie,
      "content-type": "image/jpeg",
      "x-file-name": "raw.jpg",
      ...(contentLength === null ? {} : { "content-length": contentLength }),
    };
    const upload = request(`${url}/api/images`, { method: "POST", headers, agent: false });
    upload.on("response", (response) => {
      response.resume();
      end(response.statusCode ?? null);
    });
    upload.on("error", () => ended || end(null));
    upload.flushHeaders();
    const pour = async () => {
      for (let pieces = 0; !ended; pieces++) {
        const piece = await next(pieces);
        if (ended) return;
        if (!piece) return void upload.end();
        written += piece.length;
        await gone(upload, piece);
      }
    };
    void pour();
  });
}

/** Resolves when the piece has left, or never will. */
const gone = (upload: ClientRequest, piece: Buffer): Promise<void> =>
  new Promise((resolve) => {
    upload.write(piece, () => resolve());
  });
