import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

export interface Bucket {
  /** What a server is told of it. */
  settings: Record<string, string>;
  /** It is away, with all that is in it. */
  stop(): Promise<void>;
  /** It is there again. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** An empty bucket on an S3 server of its own. */
export async function newBucket(): Promise<Bucket> {
  const directory = mkdtempSync(join(tmpdir(), "leeward-bucket-"));
  const begin = async (port: number) => {
    const options = { port, address: "127.0.0.1", silent: true, directory };
    const server = new S3rver({ ...options, configureBuckets: [{ name: "leeward", configs: [] }] });
    return { server, port: (await server.run()).port };
  };
  let { server, port } = await begin(0);
  return {
    settings: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: "leeward",
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
    },
    stop: () => server.close(),
    start: async () => {
      ({ server, port } = await begin(port));
    },
    remove: async () => {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
}
