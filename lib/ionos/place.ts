import { IONOS_BASE_URL, type ProviderEnvironment } from "../platform/environment";

/** Where a person's words go, as the sidebar's foot says it. */
export type Place = { kind: "ionos" } | { kind: "demo" } | { kind: "host"; host: string };

/** Only the hub's own address is promised to be in Berlin and to train nothing with what it is sent. */
export function placeOf({ demo, baseUrl }: Pick<ProviderEnvironment, "demo" | "baseUrl">): Place {
  if (demo) return { kind: "demo" };
  const { host } = new URL(baseUrl);
  return host === new URL(IONOS_BASE_URL).host ? { kind: "ionos" } : { kind: "host", host };
}
