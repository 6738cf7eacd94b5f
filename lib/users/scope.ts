/** Role of an account that its owner has deleted, until everything of theirs is gone. */
export const LEAVING = "leaving";

/** Accounts that are there: whoever leaves counts for nothing any more. */
export const staying = { role: { not: LEAVING } };
