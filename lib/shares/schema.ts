import * as z from "zod";
import { id } from "@/lib/messages/schema";
import { keysIn, numbersIn } from "./ranges";
import { LONGEST_SHARE_PASSWORD, LONGEST_SHARE_TITLE, SHORTEST_SHARE_PASSWORD } from "./share";

const MOST_MESSAGES = 5_000;
/** Findings that are blacked out: more than the longest message can have. */
const MOST_REDACTIONS = 100_000;
const ordinal = z.int().min(1).max(1_000_000);
const key = z.string().regex(/^\d{1,7}\.\d{1,5}$/);

const choices = z.strictObject({
  messages: z.array(ordinal).min(1).max(MOST_MESSAGES),
  pictures: z.array(key).max(MOST_MESSAGES),
  redactions: z.array(key).max(MOST_REDACTIONS),
  name: z.boolean(),
  dates: z.boolean(),
});

const kept = {
  title: z.string().trim().min(1).max(LONGEST_SHARE_TITLE),
  choices,
  /** ISO 8601, UTC; null: never, where that is allowed. */
  expiresAt: z.iso.datetime().nullable(),
  allowContinue: z.boolean(),
  titleInPreview: z.boolean(),
};
const password = z.string().min(SHORTEST_SHARE_PASSWORD).max(LONGEST_SHARE_PASSWORD);

/** POST /api/shares. 201 with the ShareSummary; the same again answers the same share, the same id with anything else 409. */
export const createShareInput = z.strictObject({
  id,
  threadId: id,
  ...kept,
  password: password.nullable(),
});
export type CreateShareInput = z.infer<typeof createShareInput>;

/** PUT /api/shares/:id: a new snapshot under the same link. Without `password` it stays as it is; null removes it. */
export const updateShareInput = z.strictObject({ ...kept, password: password.nullable().optional() });
export type UpdateShareInput = z.infer<typeof updateShareInput>;

export const listSharesInput = z.strictObject({ cursor: z.string().max(200).optional() });
export type ListSharesInput = z.infer<typeof listSharesInput>;

/** 192 random bits. Whatever does not look like a token is one that leads nowhere. */
export const shareToken = z.string().regex(/^[\w-]{32}$/);

/** GET /share-preview/:threadId?…; lists are written as ranges (ranges.ts), so that many fit into an address. */
export const previewInput = z.strictObject({
  title: z.string().max(LONGEST_SHARE_TITLE),
  messages: z.string().max(24_000),
  pictures: z.string().max(24_000).default(""),
  redactions: z.string().max(24_000).default(""),
  name: z.literal("1").optional(),
  dates: z.literal("1").optional(),
  allowContinue: z.literal("1").optional(),
});
export type PreviewInput = z.infer<typeof previewInput>;

/** The choices in a preview's address; throws a ZodError as the schemas do. */
export const choicesOfPreview = ({ messages, pictures, redactions, name, dates }: PreviewInput) =>
  choices.parse({
    messages: numbersIn(messages, MOST_MESSAGES),
    pictures: keysIn(pictures, MOST_MESSAGES),
    redactions: keysIn(redactions, MOST_REDACTIONS),
    name: name === "1",
    dates: dates === "1",
  });
