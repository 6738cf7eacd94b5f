import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

export interface Bucket {
  /** What a server is told of it. */
  settings: Record<string, string>;
  remove(): Promise<void>;
}

/** An empty bucket on an S3 server of its own. */
export async function newBucket(): Promise<Bucket> {
  const directory = mkdtempSync(join(tmpdir(), "leeward-bucket-"));
  const options = { port: 0, address: "127.0.0.1", silent: true, directory };
  const server = new S3rver({ ...options, configureBuckets: [{ name: "leeward", configs: [] }] });
  const { port } = await server.run();
  return {
    settings: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: "leeward",
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER",
    },
    remove: async () => {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
}
