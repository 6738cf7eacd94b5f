import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const browserSide = "lib/client/**/*.test.{ts,tsx}";

/** Tests in Node, each file with a fresh database of its engine (lib/platform/database/testing/). */
function onDatabase(name: "sqlite" | "postgresql", include: string[]): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include,
      exclude: [browserSide, "**/node_modules/**"],
      environment: "node",
      globalSetup: [path("lib/platform/database/testing/template.ts")],
      setupFiles: [path("lib/platform/database/testing/fresh-database.ts")],
    },
  };
}

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  resolve: {
    alias: {
      "@": path("."),
      // Throws outside of React's server bundle; here every file is the server's.
      "server-only": path("node_modules/next/dist/compiled/server-only/empty.js"),
    },
  },
  test: {
    maxWorkers: 2,
    // Far more than any test takes: a busy machine must not fail one.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      onDatabase("sqlite", ["lib/**/*.test.ts", "scripts/**/*.test.ts"]),
      // The same domain tests again, where there is a PostgreSQL server to make databases on.
      ...(process.env.TEST_DATABASE_URL ? [onDatabase("postgresql", ["lib/**/*.db.test.ts"])] : []),
      {
        extends: true,
        test: {
          name: "components",
          include: ["components/**/*.test.tsx", browserSide],
          environment: "happy-dom",
        },
      },
    ],
  },
});
