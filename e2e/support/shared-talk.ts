import { execFile } from "node:child_process";
import { type APIRequestContext, expect, request } from "@playwright/test";
import { savedBranch, savedThread, sendQuestion } from "./chat";
import { newAccount, SESSION_COOKIE } from "./person";
import { photo } from "./pictures";
import type { Server } from "./server";
import { share, uploaded } from "./sharing";

// What was shared is found under its old link, behind its old password, wherever the data went meanwhile.

const PASSWORD = "herring boat";

export interface SharedTalk {
  path: string;
  image: string;
  threadId: string;
  session: string;
  bytes: Buffer;
}

/** Somebody's conversation with a picture, and a link to it with a password. */
export async function shareTalk({ url }: Server): Promise<SharedTalk> {
  const { session } = await newAccount(url);
  const owner = await signedIn(url, session);
  const imageId = await uploaded(owner, await photo("harbour.jpg", 320, 240));
  const threadId = crypto.randomUUID();
  await sendQuestion(owner, "Look [[say:A **boat**.]]", threadId, [imageId]);
  await expect.poll(async () => (await savedThread(owner, threadId)).running).toBe(false);
  const choices = { messages: [1, 2], pictures: ["1.0"], redactions: [], name: true, dates: true };
  const { path } = await share(owner, threadId, { choices, password: PASSWORD });
  const image = /\/images\/([\w-]{36})/.exec(await (await owner.get(path)).text())?.[1] ?? "";
  const bytes = await (await owner.get(`/api/images/${imageId}`)).body();
  await owner.dispose();
  return { path, image, threadId, session, bytes };
}

export const signedIn = (baseURL: string, session: string): Promise<APIRequestContext> =>
  request.newContext({ baseURL, extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${session}` } });

/** A stranger opens the link with its password and gets text and picture; the owner still has it all. */
export async function expectTalk(
  url: string,
  { path, image, threadId, session, bytes }: SharedTalk,
): Promise<void> {
  const stranger = await request.newContext({ baseURL: url });
  expect(await (await stranger.get(path)).text()).not.toContain("boat");
  expect((await stranger.get(`${path}/images/${image}`)).status()).toBe(404);
  await stranger.post(`/api${path}/access`, { form: { password: PASSWORD } });
  const html = await (await stranger.get(path)).text();
  expect(html).toContain("<strong>boat</strong>");
  expect(html).toContain(image);
  expect(await (await stranger.get(`${path}/images/${image}`)).body()).toEqual(bytes);
  await stranger.dispose();

  const owner = await signedIn(url, session);
  const [question, answer] = await savedBranch(owner, threadId);
  expect(answer?.parts).toEqual([{ type: "text", text: "A **boat**." }]);
  const picture = question?.parts.find((part) => part.type === "image");
  const own = await owner.get(`/api/images/${picture?.type === "image" ? picture.imageId : ""}`);
  expect(await own.body()).toEqual(bytes);
  await owner.dispose();
}

/** What one of the project's commands says, run on a data directory with further settings. */
export function says(
  program: string,
  parameters: string[],
  data: string,
  env: Record<string, string> = {},
): Promise<string> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", program, ...parameters],
      { env: { ...process.env, LEEWARD_DATA: data, ...env } },
      (_error, stdout, stderr) => done(stdout + stderr),
    );
  });
}
