import type { Browser, Page } from "@playwright/test";
import { scriptedAnswer } from "../lib/ionos/emulator/scripted";
import { databaseOn, onServer } from "../lib/platform/database/testing/template";
import { answered, answers, ask, button, open, openThreadId, savedText, threadLinks } from "./support/chat";
import { test as base, expect, withModel } from "./support/fixtures";
import { type Account, newAccount } from "./support/person";
import { type Balancer, roundRobin } from "./support/round-robin";
import { type Server, startServer } from "./support/server";
import { anotherDevice } from "./support/sign-in";

// Two servers on one PostgreSQL and one Redis, behind a proxy that gives them requests in turn.

const { TEST_DATABASE_URL: postgresql, TEST_REDIS_URL: redis } = process.env;

interface Two {
  servers: [Server, Server];
  proxy: Balancer;
}

const test = base.extend<{ two: Two; account: Account }>({
  two: async ({ emulator }, use) => {
    const name = `leeward_two_${process.pid}_${Date.now()}`;
    const server = postgresql ?? "";
    await onServer(server, `CREATE DATABASE ${name}`);
    const shared = { DATABASE_URL: databaseOn(server, name), REDIS_URL: redis ?? "" };
    const start = () => startServer({ ...withModel(emulator.url), ...shared });
    const servers: [Server, Server] = [await start(), await start()];
    const proxy = await roundRobin(() => servers.map(({ url }) => url));
    await use({ servers, proxy });
    await proxy.close();
    for (const each of servers) await each.remove();
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  },
  account: async ({ two }, use) => use(await newAccount(two.servers[0].url)),
});

test.skip(!postgresql || !redis, "TEST_DATABASE_URL and TEST_REDIS_URL name the servers it needs");

const LONG = "Long. [[pace:400,10,0]]";
const WHOLE = scriptedAnswer(400).join("");

/** A device that talks with one of the servers only, or with both through the proxy. */
async function device(browser: Browser, url: string, account: Account): Promise<Page> {
  return (await anotherDevice(browser, url, account)).newPage();
}

test("an answer begun on one server is followed, stopped and listed on the other", async ({
  two: { servers, proxy },
  account,
  browser,
  emulator,
}) => {
  const one = await device(browser, servers[0].url, account);
  const other = await device(browser, servers[1].url, account);
  await open(other);
  await open(one);
  await ask(one, LONG);
  await expect(answers(one)).toContainText("answer begins here");
  // The other tab hears of it without being asked to look.
  await expect(threadLinks(other)).toHaveText([/^Long/]);
  await open(other, `/t/${await openThreadId(one)}`);
  await expect(answers(other)).toContainText("answer begins here");
  // It streams there, too: what was shown grows without a request.
  const shown = (await answers(other).innerText()).length;
  await expect.poll(async () => (await answers(other).innerText()).length).toBeGreaterThan(shown);

  await button(other, "Stop").click();
  await answered(one);
  await answered(other);
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  const saved = await savedText(one.request, await openThreadId(one));
  expect(WHOLE.startsWith(saved) && saved.length < WHOLE.length).toBe(true);

  // Through the proxy question and events go to different servers, and the answer comes all the same.
  const through = await device(browser, proxy.url, account);
  await open(through);
  await ask(through, "Quick. [[say:From wherever it came.]]");
  await expect(answers(through)).toContainText("From wherever it came.");
  await answered(through);
  expect(new Set(proxy.went.map(({ server }) => server))).toEqual(new Set([0, 1]));
});

test("threat 60: the loss of the follower's server resumes on the other, the loss of the runner's is said", async ({
  two: { servers, proxy },
  account,
  browser,
  emulator,
}) => {
  const runner = await device(browser, servers[0].url, account);
  await open(runner);
  await ask(runner, LONG);
  await expect(answers(runner)).toContainText("answer begins here");
  const path = `/t/${await openThreadId(runner)}`;

  const follower = await device(browser, proxy.url, account);
  await open(follower, path);
  await expect(answers(follower)).toContainText("answer begins here");
  await servers[1].kill();
  const shown = (await answers(follower).innerText()).length;
  await expect.poll(async () => (await answers(follower).innerText()).length).toBeGreaterThan(shown);

  await servers[1].start();
  await servers[0].kill();
  await expect.poll(async () => (await emulator.stats()).active).toBe(0);
  await expect(answers(follower).getByText("Interrupted: the server was restarted")).toBeVisible({
    timeout: 40_000,
  });
  await expect(answers(follower)).toContainText("answer begins here");
  await button(answers(follower), "Retry").click();
  await expect(answers(follower)).toContainText("FIRSTWORD");
  await emulator.hurry();
  await expect(answers(follower)).toContainText("ENDOFANSWER");
  await answered(follower);
});

test("a server that is told to end for an update lets its answers come to their end", async ({
  two: { servers, proxy },
  account,
  browser,
  emulator,
}) => {
  const page = await device(browser, proxy.url, account);
  await open(page);
  await ask(page, LONG);
  await expect(answers(page)).toContainText("answer begins here");
  const ending = Promise.all(servers.map((each) => each.drain()));
  await emulator.hurry();
  await ending;
  await Promise.all(servers.map((each) => each.start()));
  await expect(answers(page)).toContainText("ENDOFANSWER");
  await answered(page);
  expect(await savedText(page.request, await openThreadId(page))).toBe(WHOLE);
});
