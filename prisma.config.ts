import { defineConfig } from "prisma/config";

// `generate` wants a schema engine that Prisma would download; any existing file stands in for it, because
// the migrations here are plain SQL files run by our own migrator (docs/decisions/).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({ schema: "prisma/schema.prisma" });
