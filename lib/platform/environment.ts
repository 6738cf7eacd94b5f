import { resolve } from "node:path";

/**
 * What the operator says through environment variables, read once where it is needed and nowhere else.
 * Runs without a bundler too (server start, migrator), so it imports nothing of ours.
 */
export interface Environment {
  /** Absolute path of everything that is kept: database file, pictures, secrets. */
  dataDirectory: string;
  /** `postgresql://…`, or null for the SQLite file in the data directory. */
  databaseUrl: string | null;
  /** Address people use, e.g. `https://chat.example.org`; null: whatever the request says. */
  publicUrl: string | null;
  /** How many proxies of ours stand in front and append to X-Forwarded-For. 0: none, the header is not believed. */
  trustedProxies: number;
  /** Where pictures and documents are kept; null: in the data directory. */
  s3: S3Environment | null;
  /** `redis://…`: what several servers share of what happens at this moment; null: this one is alone. */
  redisUrl: string | null;
  /** Bytes that one person may keep. */
  storagePerPerson: number;
  /** Signs the session cookies. */
  secret: string;
  provider: ProviderEnvironment;
}

export interface S3Environment {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface ProviderEnvironment {
  baseUrl: string;
  /** Without "Bearer "; null in demo mode. */
  token: string | null;
  /** The model of whoever has chosen none. */
  model: string;
  /** Those that people may choose among, `model` first. */
  models: string[];
  /** Pictures that one message may have, where its model sets no own limit. */
  mostImages: number;
  /** Own limits of models by id; 0: the model takes none. */
  imagesByModel: ReadonlyMap<string, number>;
  /** True when no model is connected and the emulator answers. */
  demo: boolean;
}

export const IONOS_BASE_URL = "https://openai.inference.de-txl.ionos.com/v1";
export const IONOS_MODEL = "mistralai/Mistral-Small-24B-Instruct";
/** Pictures in one message, where nothing is set, and the most that can be set: that many fill the context. */
const MOST_IMAGES = { unset: 10, ever: 40 };

export function environment(env: NodeJS.ProcessEnv = process.env): Environment {
  return {
    dataDirectory: resolve(/* turbopackIgnore: true */ env.LEEWARD_DATA || "data"),
    databaseUrl: env.DATABASE_URL || null,
    publicUrl: env.LEEWARD_URL?.replace(/\/+$/, "") || null,
    trustedProxies: Number(env.LEEWARD_PROXIES) || 0,
    s3: s3Of(env),
    redisUrl: env.REDIS_URL || null,
    storagePerPerson: Number(env.LEEWARD_STORAGE_PER_PERSON) || 2 * 1024 ** 3,
    secret: env.NEXTAUTH_SECRET || "",
    provider: providerOf(env),
  };
}

/** All or nothing: pictures must not land on this disk because one setting of the bucket was forgotten. */
function s3Of(env: NodeJS.ProcessEnv): S3Environment | null {
  if (!env.S3_ENDPOINT && !env.S3_BUCKET) return null;
  const needed = ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;
  const missing = needed.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`Pictures in S3 need these settings, too: ${missing.join(", ")}`);
  return {
    endpoint: (env.S3_ENDPOINT ?? "").replace(/\/+$/, ""),
    bucket: env.S3_BUCKET ?? "",
    region: env.S3_REGION || "us-east-1",
    accessKeyId: env.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? "",
  };
}

/**
 * A token makes the hub the provider; a base URL alone makes that server the provider (many local servers
 * ask for no token). Neither: demo, and the emulator's address arrives in LEEWARD_DEMO_URL once it listens.
 */
function providerOf(env: NodeJS.ProcessEnv): ProviderEnvironment {
  const token = bareToken(env.IONOS_API_TOKEN);
  const demo = !token && !env.IONOS_BASE_URL;
  const model = env.IONOS_MODEL || IONOS_MODEL;
  const others = (env.IONOS_MODELS ?? "").split(",").map((id) => id.trim());
  return {
    baseUrl: (demo ? (env.LEEWARD_DEMO_URL ?? "") : env.IONOS_BASE_URL || IONOS_BASE_URL).replace(/\/+$/, ""),
    token,
    model,
    models: [...new Set([model, ...others])].filter((id) => id !== ""),
    ...imageLimitsOf(env),
    demo,
  };
}

/** "10, some/model=4": one limit for all models, and those of single ones. What makes no sense is as if unset. */
function imageLimitsOf(env: NodeJS.ProcessEnv): Pick<ProviderEnvironment, "mostImages" | "imagesByModel"> {
  const parts = (env.LEEWARD_MOST_IMAGES ?? "").split(",").map((part) => part.trim());
  const isLimit = (text: string, least: number) =>
    /^\d+$/.test(text) && Number(text) >= least && Number(text) <= MOST_IMAGES.ever;
  const all = parts.find((part) => isLimit(part, 1));
  const single = parts.flatMap((part): [string, number][] => {
    const [, model, limit = ""] = /^(.+?)\s*=\s*(\d+)$/.exec(part) ?? [];
    return model && isLimit(limit, 0) ? [[model, Number(limit)]] : [];
  });
  return { mostImages: all ? Number(all) : MOST_IMAGES.unset, imagesByModel: new Map(single) };
}

/** People paste the token with the "Bearer " that the documentation shows before it. */
function bareToken(pasted: string | undefined): string | null {
  return (
    pasted
      ?.trim()
      .replace(/^bearer(\s+|$)/i, "")
      .trim() || null
  );
}
