import { expect, it } from "vitest";
import { environment } from "./environment";

const provider = (env: Record<string, string>) => environment(env as unknown as NodeJS.ProcessEnv).provider;

it("takes the token as people paste it", () => {
  for (const pasted of ["abc.def", "Bearer abc.def", "bearer  abc.def ", " abc.def\n"]) {
    expect(provider({ IONOS_API_TOKEN: pasted })).toMatchObject({ token: "abc.def", demo: false });
  }
});

it("a server without a token is connected all the same; nothing at all is the demo", () => {
  expect(provider({ IONOS_BASE_URL: "http://localhost:11434/v1/" })).toMatchObject({
    baseUrl: "http://localhost:11434/v1",
    token: null,
    demo: false,
  });
  expect(provider({ IONOS_API_TOKEN: "Bearer " })).toMatchObject({ token: null, demo: true });
});

it("a message may have as many pictures as is set, and ten where that makes no sense", () => {
  expect(provider({}).mostImages).toBe(10);
  expect(provider({ LEEWARD_MOST_IMAGES: "4" }).mostImages).toBe(4);
  for (const senseless of ["0", "-1", "2.5", "many", "1000"]) {
    expect(provider({ LEEWARD_MOST_IMAGES: senseless }).mostImages).toBe(10);
  }
});

it("a model may have a limit of its own, none at all even", () => {
  const { mostImages, imagesByModel } = provider({
    LEEWARD_MOST_IMAGES: "some/model=4, 6 ,other=0,odd=many,=3",
  });
  expect(mostImages).toBe(6);
  expect([...imagesByModel]).toEqual([
    ["some/model", 4],
    ["other", 0],
  ]);
});

it("a bucket needs all of its settings", () => {
  const of = (env: Record<string, string>) => environment(env as unknown as NodeJS.ProcessEnv);
  expect(of({}).s3).toBeNull();
  expect(() => of({ S3_ENDPOINT: "https://s3.example.org", S3_BUCKET: "b" })).toThrow(
    "S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY",
  );
  const keys = { S3_ACCESS_KEY_ID: "k", S3_SECRET_ACCESS_KEY: "s" };
  expect(of({ S3_ENDPOINT: "https://s3.example.org/", S3_BUCKET: "b", ...keys }).s3).toEqual({
    endpoint: "https://s3.example.org",
    bucket: "b",
    region: "us-east-1",
    accessKeyId: "k",
    secretAccessKey: "s",
  });
});
