import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test } from "vitest";
import * as captionRoute from "@/app/api/images/[id]/caption/route";
import * as descriptionRoute from "@/app/api/images/[id]/description/route";
import * as contextRoute from "@/app/api/messages/[id]/images/[imageId]/route";
import { SESSION_COOKIE } from "@/lib/http/session-cookie";
import { answerAgain, sendMessage } from "@/lib/messages/commands";
import { type ImageContext, imagesOf } from "@/lib/messages/message";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { withModel } from "@/lib/testing/model";
import { aPerson } from "@/lib/testing/people";
import { aQuestion, followed } from "@/lib/testing/turns";
import { threadDetail } from "@/lib/threads/queries";
import type { Actor } from "@/lib/users/actor";
import { acceptImage } from "./commands";
import { quarters } from "./testing/pictures";
import { captionImage, chooseImageContext, describeImage } from "./words";

const bytes = new Uint8Array(await quarters(80, 60).png().toBuffer());
const ENGLISH = { language: "en" } as const;
const model = withModel();

let ada: Actor;
let eve: Actor;
beforeEach(async () => {
  [ada, eve] = await Promise.all([aPerson(), aPerson()]);
});

const anImage = () => acceptImage(ada, { name: "harbour.png", bytes });

/** A conversation with one answered question about a picture. */
async function aThread() {
  const image = await anImage();
  const threadId = randomUUID();
  const question = aQuestion("[[say:Blue.]]", { imageIds: [image.id] });
  const { generationId } = await sendMessage(ada, threadId, question);
  await followed(ada, generationId);
  return { image, threadId, messageId: question.messageId, answerId: question.answerId };
}

/** Asks something else there, and how many pictures and messages went to the model for it. */
async function askOn({ threadId, answerId }: Awaited<ReturnType<typeof aThread>>) {
  const { generationId } = await sendMessage(
    ada,
    threadId,
    aQuestion("[[say:Yes.]] Sure?", { parentId: answerId }),
  );
  const { end } = await followed(ada, generationId);
  const { last } = await model.stats();
  return { usage: end.usage, sent: last.findLast(({ title }) => !title) };
}

describe("words for a picture", () => {
  test("the model describes it: a sentence as alternative text, the rest kept, the tokens counted", async () => {
    const { id, tokens } = await anImage();
    const notes = await describeImage(ada, id, ENGLISH);
    expect(notes.captionBy).toBe("model");
    expect(notes.caption).toMatch(/^A picture of 80 × 60 pixels/);
    expect(notes.description).toContain("No model is connected");
    const usage = await database().usage.findMany({ where: { ownerId: ada.id } });
    expect(usage).toMatchObject([
      { kind: "description", source: "reported", status: "complete", imageTokens: tokens },
    ]);
    expect(usage[0]?.inputTokens).toBeGreaterThan(tokens);

    expect(await describeImage(ada, id, ENGLISH)).toEqual(notes);
    expect(await database().usage.count({ where: { ownerId: ada.id } })).toBe(1);
    expect((await describeImage(ada, id, { language: "de", again: true })).caption).toMatch(
      /^Ein Bild von 80/,
    );
    expect(await database().usage.count({ where: { ownerId: ada.id } })).toBe(2);
  });

  test("two wishes at once are one call", async () => {
    const { id } = await anImage();
    const [one, other] = await Promise.all([
      describeImage(ada, id, ENGLISH),
      describeImage(ada, id, ENGLISH),
    ]);
    expect(one).toEqual(other);
    expect(await database().usage.count({ where: { ownerId: ada.id } })).toBe(1);
  });

  test("a person's own caption stands, whatever the model says later; taken away, the model's comes back", async () => {
    const { id } = await anImage();
    expect(await captionImage(ada, id, { caption: "Four fields" })).toMatchObject({
      caption: "Four fields",
      captionBy: "person",
    });
    expect(await describeImage(ada, id, ENGLISH)).toMatchObject({
      caption: "Four fields",
      captionBy: "person",
      description: expect.any(String),
    });
    expect(await captionImage(ada, id, { caption: "" })).toMatchObject({ caption: null, captionBy: null });
    expect(await describeImage(ada, id, ENGLISH)).toMatchObject({ captionBy: "model" });
  });

  test("a model that is away is said, and nothing is written", async () => {
    const { id } = await anImage();
    const url = process.env.IONOS_BASE_URL;
    process.env.IONOS_BASE_URL = "http://127.0.0.1:9/v1";
    try {
      await expect(describeImage(ada, id, ENGLISH)).rejects.toMatchObject({
        code: "model-failed",
        status: 502,
      });
    } finally {
      process.env.IONOS_BASE_URL = url;
    }
    expect(await database().image.findFirst({ where: { id } })).toMatchObject({
      caption: null,
      description: null,
    });
  });
});

describe("what is sent of a picture again", () => {
  test("the picture itself, as long as nothing is said", async () => {
    const thread = await aThread();
    const { usage, sent } = await askOn(thread);
    expect(sent?.images).toHaveLength(1);
    expect(usage?.imageTokens).toBe(thread.image.tokens);
  });

  test("only that there was one, once it is left out; and the roles still alternate", async () => {
    const thread = await aThread();
    await chooseImageContext(ada, thread.messageId, thread.image.id, { context: "dropped", ...ENGLISH });
    const { usage, sent } = await askOn(thread);
    expect(sent).toMatchObject({ images: [], roles: ["system", "user", "assistant", "user"] });
    expect(usage?.imageTokens).toBe(0);
  });

  test("the model's words, asked for with the choice; and back", async () => {
    const thread = await aThread();
    const { messageId, image, threadId } = thread;
    const choice = await chooseImageContext(ada, messageId, image.id, { context: "described", ...ENGLISH });
    expect(choice).toMatchObject({ context: "described", notes: { captionBy: "model" } });
    const described = await askOn(thread);
    expect(described.sent?.images).toEqual([]);
    const { messages } = await threadDetail(ada, threadId);
    expect(messages.flatMap(imagesOf)[0]).toMatchObject(choice);
    // What is stored says nothing of it: another choice would have to change old messages.
    const row = await database().message.findUniqueOrThrow({ where: { id: messageId } });
    expect(JSON.stringify(row.parts)).not.toMatch(/context|notes/);

    await chooseImageContext(ada, messageId, image.id, { context: "kept", ...ENGLISH });
    const kept = await askOn(thread);
    expect(kept.sent?.images).toHaveLength(1);
  });

  test("the choice comes back with a question that is answered again", async () => {
    const { messageId, image, threadId } = await aThread();
    await chooseImageContext(ada, messageId, image.id, { context: "dropped", ...ENGLISH });
    const again = { parentId: messageId, answerId: randomUUID(), generationId: randomUUID() };
    const { message } = await answerAgain(ada, threadId, again);
    expect(imagesOf(message)[0]).toMatchObject({ context: "dropped" });
    await followed(ada, again.generationId);
  });

  test("a choice that needs words which do not come stays as it was", async () => {
    const { messageId, image } = await aThread();
    const url = process.env.IONOS_BASE_URL;
    process.env.IONOS_BASE_URL = "http://127.0.0.1:9/v1";
    const choice = chooseImageContext(ada, messageId, image.id, { context: "described", ...ENGLISH });
    await expect(choice.finally(() => (process.env.IONOS_BASE_URL = url))).rejects.toMatchObject({
      code: "model-failed",
    });
    expect(await contextOf(messageId)).toBe("kept");
  });
});

const contextOf = async (messageId: string) =>
  (await database().messageImage.findFirstOrThrow({ where: { messageId } })).context as ImageContext;

describe("the routes", () => {
  type Call = (
    cookie: string | null,
    ids: { imageId: string; messageId: string },
    body?: unknown,
  ) => Promise<Response>;

  const call =
    (
      method: string,
      handle: (request: Request, context: { params: Promise<unknown> }) => Promise<Response>,
      ok: unknown,
      ids: (all: { imageId: string; messageId: string }) => object,
    ): Call =>
    (cookie, all, body = ok) =>
      handle(
        new Request("http://localhost/api", {
          method,
          body: JSON.stringify(body),
          headers: { "content-type": "application/json", ...(cookie ? { cookie } : {}) },
        }),
        { params: Promise.resolve(ids(all)) },
      );

  const routes: [name: string, route: Call][] = [
    ["caption", call("PUT", captionRoute.PUT, { caption: "Mine" }, ({ imageId }) => ({ id: imageId }))],
    ["description", call("POST", descriptionRoute.POST, ENGLISH, ({ imageId }) => ({ id: imageId }))],
    [
      "context",
      call("PUT", contextRoute.PUT, { context: "dropped", ...ENGLISH }, ({ imageId, messageId }) => ({
        id: messageId,
        imageId,
      })),
    ],
  ];

  const cookieOf = async ({ id }: Actor) =>
    `${SESSION_COOKIE}=${await encode({ token: { sub: id, tokenVersion: 0 }, secret: environment().secret })}`;

  test.each(routes)(
    "3, 8 %s: its owner's alone; others, the signed-out and the suspended change nothing",
    async (_name, route) => {
      const { image, messageId } = await aThread();
      const ids = { imageId: image.id, messageId };
      const [foreign, missing, malformed] = [
        await route(await cookieOf(eve), ids),
        await route(await cookieOf(ada), { imageId: randomUUID(), messageId: randomUUID() }),
        await route(await cookieOf(ada), { imageId: "../x", messageId: "1" }),
      ];
      expect([foreign.status, missing.status, malformed.status]).toEqual([404, 404, 404]);
      expect(await foreign.text()).toBe(await missing.text());
      expect((await route(null, ids)).status).toBe(401);
      await database().user.update({ where: { id: eve.id }, data: { suspendedAt: new Date() } });
      expect((await route(await cookieOf(eve), ids)).status).toBe(403);
      const row = await database().image.findUniqueOrThrow({ where: { id: image.id } });
      expect(row).toMatchObject({ caption: null, captionBy: null, description: null });
      expect(await contextOf(messageId)).toBe("kept");

      const own = await route(await cookieOf(ada), ids);
      expect(own.status).toBe(200);
      expect(own.headers.get("cache-control")).toBe("private, no-store");
    },
  );

  test.each(routes)("%s refuses what it cannot read", async (_name, route) => {
    const { image, messageId } = await aThread();
    for (const body of [
      {},
      { caption: "x".repeat(501) },
      { context: "burned", language: "en" },
      { language: "xx" },
      [],
    ]) {
      expect((await route(await cookieOf(ada), { imageId: image.id, messageId }, body)).status).toBe(400);
    }
  });

  test("3, 8 a thread in the bin has no choices to make", async () => {
    const { image, messageId, threadId } = await aThread();
    await database().thread.update({ where: { id: threadId }, data: { deletedAt: new Date() } });
    const choice = chooseImageContext(ada, messageId, image.id, { context: "dropped", ...ENGLISH });
    await expect(choice).rejects.toMatchObject({ code: "not-found" });
  });
});
