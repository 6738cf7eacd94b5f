import * as z from "zod";

// docs/export-format.md: of a share what it was made of, for making it anew.

const ordinal = z.int().min(1);
const key = z.string().regex(/^\d{1,7}\.\d{1,5}$/);

const share = z.object({
  format: z.literal("leeward-share"),
  version: z.literal(1),
  threadId: z.string(),
  title: z.string().trim().min(1),
  choices: z.object({
    messages: z.array(ordinal).min(1).max(5_000),
    pictures: z.array(key).max(5_000),
    redactions: z.array(key).max(100_000),
    name: z.boolean(),
    dates: z.boolean(),
  }),
  allowContinue: z.boolean(),
  signedInOnly: z.boolean(),
  titleInPreview: z.boolean(),
});
export type ReadShare = Omit<z.infer<typeof share>, "format" | "version">;

/** Null for what is none. */
export function readShare(element: unknown): ReadShare | null {
  const parsed = share.safeParse(element);
  if (!parsed.success) return null;
  const { format: _f, version: _v, ...kept } = parsed.data;
  return { ...kept, title: kept.title.slice(0, 1_000) };
}
