/**
 * The few ways in which a request can be refused. Thrown by domain functions, turned into one JSON form by
 * route(): `{"error":{"code","…details"}}`. The code has a sentence in the catalogues under `problem.<code>`;
 * nothing here is shown to people as it stands. `cause` is for the log.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  /** Numbers and names that the sentence uses; never contents or secrets. */
  readonly details: Record<string, string | number>;

  constructor(code: ProblemCode, details: Record<string, string | number> = {}, cause?: unknown) {
    super(code, { cause });
    this.name = "Problem";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** HTTP status of each. A foreign row is `not-found`, never `forbidden`: its existence is nobody's business. */
const STATUS = {
  "bad-request": 400,
  "image-refused": 400,
  "document-refused": 400,
  "too-many-images": 400,
  "signed-out": 401,
  "wrong-credentials": 401,
  "wrong-password": 401,
  suspended: 403,
  forbidden: 403,
  "sharing-off": 403,
  "not-found": 404,
  conflict: 409,
  "email-taken": 409,
  "last-administrator": 409,
  busy: 409,
  "queue-full": 409,
  "too-large": 413,
  "weak-password": 422,
  "too-many-tries": 429,
  "too-many-shares": 409,
  "too-many-shared-pictures": 409,
  "too-many-running": 429,
  internal: 500,
  "model-failed": 502,
  "storage-down": 503,
  "storage-full": 507,
} as const;

export type ProblemCode = keyof typeof STATUS;
export const PROBLEM_CODES = Object.keys(STATUS) as ProblemCode[];

export const notFound = () => new Problem("not-found");
