import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = await once(child, "exit");
  return code as number | null;
}

test("a forked emulator tells its port and ends with the channel", async () => {
  // The parent's own port is inherited and must not be taken.
  const child = fork(MAIN, { env: { ...process.env, PORT: "1" }, execArgv: [] });
  const [message] = (await once(child, "message")) as [{ port: number }];
  const models = await fetch(`http://127.0.0.1:${message.port}/v1/models`);
  expect(models.status).toBe(200);
  child.disconnect();
  expect(await exitOf(child)).toBe(0);
});

test("from a shell it prints its address", async () => {
  const env = { ...process.env, PORT: "0", EMULATOR_TOKEN: "secret", IONOS_MODEL: "some/model" };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = /http:\/\/\S+/.exec(line.toString())?.[0];
  expect((await fetch(`${url}/models`)).status).toBe(401);
  const models = await fetch(`${url}/models`, { headers: { authorization: "Bearer secret" } });
  expect(await models.json()).toMatchObject({ data: [{ id: "some/model" }] });
  child.kill();
  await exitOf(child);
});
