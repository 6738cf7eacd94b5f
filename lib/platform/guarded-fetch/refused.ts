/** `bad-address`: no http(s) address, or one with a password in it. `private-address`: not of the open internet. */
export type FetchRefusal =
  | "bad-address"
  | "private-address"
  | "unreachable"
  | "too-slow"
  | "too-large"
  | "too-many-redirects"
  | "bad-status"
  | "unwanted-type";

/** Thrown by guardedFetch. */
export class FetchRefused extends Error {
  readonly reason: FetchRefusal;

  constructor(reason: FetchRefusal, cause?: unknown) {
    super(reason, { cause });
    this.name = "FetchRefused";
    this.reason = reason;
  }
}
