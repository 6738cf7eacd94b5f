/** Largest piece of a file, bytes: well below what the front door lets through. */
export const LARGEST_PIECE = 8 * 1024 * 1024;
/** Pieces of one file: 2 GB. */
export const MOST_PIECES = 256;
/** Messages of one conversation. */
export const MOST_MESSAGES = 10_000;
/** Parts of one message. */
export const MOST_PARTS = 1_000;
/** Of all messages of a conversation. */
export const MOST_PARTS_OF_THREAD = 100_000;
