import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkPort, loadEnvironment, provideSecret } from "./environment.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leeward-environment-"));
  vi.stubEnv("NEXTAUTH_SECRET", undefined);
  vi.stubEnv("LEEWARD_DATA", join(folder, "data"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("the secret is made once, for its owner alone, and found again", () => {
  provideSecret();
  const first = process.env.NEXTAUTH_SECRET;
  expect(first).toMatch(/^[\w-]{43}$/);
  const file = join(folder, "data", "secret");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "data")).mode & 0o777).toBe(0o700);
  delete process.env.NEXTAUTH_SECRET;
  provideSecret();
  expect(process.env.NEXTAUTH_SECRET).toBe(first);
  expect(readdirSync(join(folder, "data"))).toEqual(["secret"]);
});

test("a secret that is set is used, and none is written", () => {
  vi.stubEnv("NEXTAUTH_SECRET", "set by the operator, and long enough");
  provideSecret();
  expect(process.env.NEXTAUTH_SECRET).toBe("set by the operator, and long enough");
  expect(readdirSync(join(folder, "data"))).toEqual([]);
});

test("a damaged secret is refused with what to do", () => {
  provideSecret();
  writeFileSync(join(folder, "data", "secret"), "");
  delete process.env.NEXTAUTH_SECRET;
  expect(provideSecret).toThrow("Delete it to have a new one made");
});

test(".env fills in what is not set, and the data directory becomes absolute", () => {
  vi.stubEnv("PORT", "4000");
  vi.stubEnv("LEEWARD_DATA", undefined);
  vi.stubEnv("IONOS_MODEL", undefined);
  writeFileSync(join(folder, ".env"), "PORT=5000\nLEEWARD_DATA=elsewhere\nIONOS_MODEL=from/file\n");
  loadEnvironment(folder);
  expect(process.env).toMatchObject({
    PORT: "4000",
    LEEWARD_DATA: join(folder, "elsewhere"),
    IONOS_MODEL: "from/file",
  });
  expect(readFileSync(join(folder, ".env"), "utf8")).toContain("5000");
});

test("a port in use is named, with how to choose another", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  vi.stubEnv("PORT", String(port));
  await expect(checkPort()).rejects.toThrow(`Port ${port} is in use`);
  await expect(checkPort()).rejects.toThrow(`PORT=${port + 1} npm start`);
  await new Promise((done) => server.close(done));
  await checkPort();
});

test("what is not a port is refused", async () => {
  vi.stubEnv("PORT", "http");
  await expect(checkPort()).rejects.toThrow('PORT is "http", which is not a port');
});
