import { expect, it } from "vitest";
import { environment, IONOS_BASE_URL } from "../platform/environment";
import { placeOf } from "./place";

const place = (env: Record<string, string>) =>
  placeOf(environment(env as unknown as NodeJS.ProcessEnv).provider);

it("promises Berlin for the hub alone", () => {
  expect(place({ IONOS_API_TOKEN: "t" })).toEqual({ kind: "ionos" });
  expect(place({ IONOS_API_TOKEN: "t", IONOS_BASE_URL })).toEqual({ kind: "ionos" });
  expect(
    place({
      IONOS_API_TOKEN: "t",
      IONOS_BASE_URL: "https://openai.inference.de-txl.ionos.com.evil.example/v1",
    }),
  ).toEqual({
    kind: "host",
    host: "openai.inference.de-txl.ionos.com.evil.example",
  });
  expect(place({ IONOS_BASE_URL: "http://localhost:8000/v1" })).toEqual({
    kind: "host",
    host: "localhost:8000",
  });
});

it("says demo when nothing is connected", () => {
  expect(place({})).toEqual({ kind: "demo" });
});
