import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { Problem } from "../problem.ts";
import { type BlobStore, checkBlobKey } from "./blob-store.ts";

/** A bucket, and who may use it. Addressed by path, which every server that speaks S3 understands. */
export interface S3Settings {
  /** `https://s3-eu-central-1.ionoscloud.com`, without the bucket. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** For one try, body included. Milliseconds. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 250;

/** Blobs as objects of a bucket, under their keys. Whatever fails is tried once more: all three calls may be repeated. */
export function s3BlobStore(settings: S3Settings, patienceMs = PATIENCE_MS): BlobStore {
  const { endpoint, bucket, ...credentials } = settings;
  const client = new AwsClient({ ...credentials, service: "s3", retries: 0 });
  const addressOf = (key: string) => {
    checkBlobKey(key);
    return `${endpoint}/${encodeURIComponent(bucket)}/${key}`;
  };
  const call = (address: string, init: RequestInit) =>
    twice(async (): Promise<Answer> => {
      const response = await client.fetch(address, { ...init, signal: AbortSignal.timeout(patienceMs) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (response.status >= 500) throw failureOf({ status: response.status, bytes });
      return { status: response.status, bytes };
    });

  return {
    async put(key, bytes, contentType = "application/octet-stream") {
      const headers = { "content-type": contentType, "x-amz-content-sha256": sha256(bytes) };
      const answer = await call(addressOf(key), { method: "PUT", headers, body: bytes as BodyInit });
      if (answer.status !== 200) throw failureOf(answer);
    },
    async get(key) {
      const answer = await call(addressOf(key), { method: "GET" });
      if (answer.status === 200) return answer.bytes;
      if (isMissing(answer)) return null;
      throw failureOf(answer);
    },
    async delete(key) {
      const answer = await call(addressOf(key), { method: "DELETE" });
      if (answer.status >= 300 && !isMissing(answer)) throw failureOf(answer);
    },
  };
}

interface Answer {
  status: number;
  bytes: Uint8Array<ArrayBuffer>;
}

async function twice(attempt: () => Promise<Answer>): Promise<Answer> {
  try {
    return await attempt();
  } catch (error) {
    // A full store stays full.
    if (error instanceof Problem && error.code === "storage-full") throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return attempt().catch((again) => {
      throw again instanceof Problem ? again : new Problem("storage-down", {}, again);
    });
  }
}

/** 404 is said of a bucket that is not there, too: then nothing is missing but the right setting. */
const isMissing = (answer: Answer) => answer.status === 404 && codeOf(answer) !== "NoSuchBucket";

function failureOf(answer: Answer): Problem {
  const code = codeOf(answer);
  const full = answer.status === 507 || /^(QuotaExceeded|XMinioStorageFull)$/.test(code);
  const cause = Object.assign(new Error("the store refused"), { code: `${answer.status} ${code}`.trim() });
  return new Problem(full ? "storage-full" : "storage-down", {}, cause);
}

/** The code of S3's error document; nothing else of it is kept. */
const codeOf = ({ bytes }: Answer): string =>
  /<Code>(\w{1,64})<\/Code>/.exec(new TextDecoder().decode(bytes.subarray(0, 4_096)))?.[1] ?? "";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
