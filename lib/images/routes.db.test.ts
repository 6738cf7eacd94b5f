import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { ReadableStream as NodeStream } from "node:stream/web";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test } from "vitest";
import * as about from "@/app/api/images/[id]/details/route";
import * as one from "@/app/api/images/[id]/route";
import * as small from "@/app/api/images/[id]/thumbnail/route";
import * as all from "@/app/api/images/route";
import { SESSION_COOKIE } from "@/lib/http/session-cookie";
import { database } from "@/lib/platform/database";
import { environment } from "@/lib/platform/environment";
import { aPerson } from "@/lib/testing/people";
import { FILE_NAME_HEADER } from "./name";
import { type ImageDetails, LARGEST_UPLOAD, type UploadedImage } from "./schema";
import { quarters, SECRET } from "./testing/pictures";

const picture = await quarters(80, 60).jpeg().toBuffer();

interface Person {
  id: string;
  cookie: string;
}

let ada: Person;
let eve: Person;
beforeEach(async () => {
  [ada, eve] = await Promise.all([signedIn(), signedIn()]);
});

async function signedIn(): Promise<Person> {
  const { id } = await aPerson();
  const token = await encode({ token: { sub: id, tokenVersion: 0 }, secret: environment().secret });
  return { id, cookie: `${SESSION_COOKIE}=${token}` };
}

function post(
  who: Person | null,
  body: BodyInit,
  name = "harbour.jpg",
  headers: Record<string, string> = {},
) {
  const request = new Request("http://localhost/api/images", {
    method: "POST",
    body,
    headers: {
      ...as(who),
      "content-type": "image/jpeg",
      [FILE_NAME_HEADER]: encodeURIComponent(name),
      ...headers,
    },
    duplex: "half",
  } as RequestInit);
  return all.POST(request, { params: Promise.resolve({}) });
}

const HANDLERS = { GET: one.GET, DELETE: one.DELETE, thumbnail: small.GET };

function call(what: keyof typeof HANDLERS, who: Person | null, id: string): Promise<Response> {
  const method = what === "thumbnail" ? "GET" : what;
  const request = new Request(`http://localhost/api/images/${id}`, { method, headers: as(who) });
  return HANDLERS[what](request, { params: Promise.resolve({ id }) });
}

const as = (who: Person | null): Record<string, string> => (who ? { cookie: who.cookie } : {});

async function uploaded(who: Person): Promise<UploadedImage> {
  const response = await post(who, new Uint8Array(picture));
  expect(response.status).toBe(201);
  return response.json();
}

describe("what a picture was", () => {
  const origin = {
    width: 4000,
    height: 3000,
    bytes: 4_000_000,
    contentType: "image/heic",
    removed: ["date"],
  };
  const details = (who: Person | null, id: string) =>
    about.GET(new Request(`http://localhost/api/images/${id}/details`, { headers: as(who) }), {
      params: Promise.resolve({ id }),
    });

  test("is told with the upload and to its owner alone", async () => {
    const sent = await post(ada, new Uint8Array(picture), "a.jpg", {
      "x-image-origin": JSON.stringify(origin),
    });
    expect(sent.status).toBe(201);
    const image: ImageDetails = await sent.json();
    expect(image.origin).toEqual(origin);
    expect(await (await details(ada, image.id)).json()).toEqual(image);
    expect((await details(eve, image.id)).status).toBe(404);
    expect((await details(null, image.id)).status).toBe(401);
  });

  test.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["a negative size", JSON.stringify({ ...origin, width: -1 })],
    ["a type that is a page", JSON.stringify({ ...origin, contentType: "text/html" })],
    ["something unheard of", JSON.stringify({ ...origin, removed: ["soul"] })],
    ["more than that", JSON.stringify({ ...origin, ownerId: "x" })],
  ])("as %s is refused", async (_name, said) => {
    const sent = await post(ada, new Uint8Array(picture), "a.jpg", { "x-image-origin": said });
    expect(sent.status).toBe(400);
    expect((await sent.json()).error).toEqual({ code: "bad-request", field: "x-image-origin" });
  });
});

describe("POST /api/images", () => {
  test("answers 201 with what the model will get", async () => {
    const response = await post(ada, new Uint8Array(picture), "Möwe 👋.jpg");
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(await response.json()).toMatchObject({ name: "Möwe 👋.jpg", width: 80, height: 60, tokens: 12 });
  });

  test("takes a body that comes in pieces, its length unsaid", async () => {
    const pieces = Array.from({ length: Math.ceil(picture.length / 100) }, (_, i) =>
      picture.subarray(i * 100, i * 100 + 100),
    );
    const response = await post(ada, NodeStream.from(pieces) as ReadableStream);
    expect(await response.json()).toMatchObject({ bytes: picture.length });
  });

  test("89 refuses what is too large from its header, and without one as soon as it has come too far", async () => {
    const announced = await post(ada, "x", "big.jpg", { "content-length": String(LARGEST_UPLOAD + 1) });
    expect(announced.status).toBe(413);

    const megabyte = new Uint8Array(1024 * 1024);
    let sent = 0;
    let ended = false;
    async function* endless() {
      try {
        for (;;) {
          sent++;
          yield megabyte;
        }
      } finally {
        ended = true;
      }
    }
    const dripping = await post(ada, NodeStream.from(endless()) as ReadableStream);
    expect(dripping.status).toBe(413);
    expect(sent).toBeLessThan(LARGEST_UPLOAD / megabyte.length + 5);
    expect(ended).toBe(true);
  });

  test("89 zero bytes are a refusal with name and reason", async () => {
    const response = await post(ada, new Uint8Array(), "nothing.png");
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { code: "image-refused", reason: "empty", name: "nothing.png" },
    });
  });

  test("85 believes neither the declared type nor the name", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`;
    const response = await post(ada, svg, "cat.png", { "content-type": "image/png" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { reason: "unsupported-format", name: "cat.png" } });

    const misnamed = await post(ada, new Uint8Array(picture), "page.html", { "content-type": "text/html" });
    const { id } = await misnamed.json();
    expect((await call("GET", ada, id)).headers.get("content-type")).toBe("image/jpeg");
  });

  test("38 a name that is a path is none: what is kept has names of the server's own making", async () => {
    const folder = environment().dataDirectory;
    const before = new Set(await readdir(folder, { recursive: true }));
    const { id, name } = await (await post(ada, new Uint8Array(picture), "../../app/page.tsx")).json();
    expect(name).toBe("page.tsx");
    const made = (await readdir(folder, { recursive: true })).filter((path) => !before.has(path));
    const { blobKey } = await database().image.findUniqueOrThrow({ where: { id } });
    expect(blobKey).toMatch(/^[0-9a-f]{40}$/);
    const file = `${blobKey.slice(0, 2)}/${blobKey.slice(2)}`;
    expect(made.filter((path) => path.endsWith(file))).toHaveLength(1);
    expect(made.filter((path) => /app|page|tsx/.test(path))).toEqual([]);
    expect((await call("GET", ada, id)).headers.get("content-disposition")).toBe(
      `inline; filename="page.tsx.jpg"; filename*=UTF-8''page.tsx.jpg`,
    );
  });

  test("is for people who are signed in", async () => {
    expect((await post(null, new Uint8Array(picture))).status).toBe(401);
    await database().user.update({ where: { id: ada.id }, data: { suspendedAt: new Date() } });
    expect((await post(ada, new Uint8Array(picture))).status).toBe(403);
    expect(await database().image.count({ where: { ownerId: ada.id } })).toBe(0);
  });

  test("90 takes only so many from one person at once", async () => {
    const release: (() => void)[] = [];
    const held = Array.from({ length: 8 }, () => {
      // Asked for its first byte only when the upload has its slot and is being read.
      const pull = (controller: ReadableStreamDefaultController) =>
        new Promise<void>((done) => {
          release.push(() => {
            controller.enqueue(new Uint8Array(picture));
            controller.close();
            done();
          });
        });
      return post(ada, new ReadableStream({ pull }, { highWaterMark: 0 }));
    });
    await expect.poll(() => release.length, { timeout: 20_000 }).toBe(8);
    expect((await post(ada, new Uint8Array(picture))).status).toBe(429);
    expect((await post(eve, new Uint8Array(picture))).status).toBe(201);
    for (const end of release) end();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect((await post(ada, new Uint8Array(picture))).status).toBe(201);
  });
});

describe("GET and DELETE /api/images/[id]", () => {
  test("8 its owner gets the bytes, as a picture and nothing else, kept by no cache", async () => {
    const { id } = await uploaded(ada);
    const response = await call("GET", ada, id);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "private, no-store",
      "content-disposition": expect.stringMatching(/^inline;.*\.jpg$/),
      "content-length": String(picture.length),
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "image/jpeg",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), picture)).toBe(0);
  });

  test.each(["GET", "DELETE", "thumbnail"] as const)(
    "3, 8 %s by anybody else tells nothing",
    async (method) => {
      const { id } = await uploaded(ada);
      const [foreign, missing, malformed] = await Promise.all(
        [id, randomUUID(), "../../etc/passwd"].map((each) => call(method, eve, each)),
      );
      expect([foreign?.status, missing?.status, malformed?.status]).toEqual([404, 404, 404]);
      expect(await foreign?.text()).toBe(await missing?.text());
      expect((await call(method, null, id)).status).toBe(401);
      expect((await call("GET", ada, id)).status).toBe(200);
    },
  );

  test("8 the thumbnail is served as the picture is", async () => {
    const { id } = await uploaded(ada);
    const response = await call("thumbnail", ada, id);
    expect(response.status).toBe(200);
    const picture = Object.fromEntries((await call("GET", ada, id)).headers);
    const own = {
      "content-type": "image/webp",
      "content-length": response.headers.get("content-length"),
      "content-disposition": "inline",
    };
    expect(Object.fromEntries(response.headers)).toEqual({ ...picture, ...own });
  });

  test("3, 8 suspension and sign-out everywhere close it at once", async () => {
    const { id } = await uploaded(ada);
    await database().user.update({ where: { id: ada.id }, data: { tokenVersion: 1 } });
    expect((await call("GET", ada, id)).status).toBe(401);
    expect((await call("thumbnail", ada, id)).status).toBe(401);
    await database().user.update({ where: { id: eve.id }, data: { suspendedAt: new Date() } });
    expect((await call("GET", eve, id)).status).toBe(403);
    expect((await call("thumbnail", eve, id)).status).toBe(403);
  });

  test("what was not sent can be taken back", async () => {
    const { id } = await uploaded(ada);
    expect((await call("DELETE", ada, id)).status).toBe(204);
    expect((await call("GET", ada, id)).status).toBe(404);
  });

  test("88 what is served has none of the file's metadata", async () => {
    const camera = await quarters(80, 60)
      .withExif({ IFD0: { Copyright: SECRET } })
      .jpeg()
      .toBuffer();
    const response = await post(ada, new Uint8Array(camera));
    const { id } = await response.json();
    const served = Buffer.from(await (await call("GET", ada, id)).arrayBuffer());
    expect(camera.includes(SECRET)).toBe(true);
    expect(served.includes(SECRET)).toBe(false);
  });
});
