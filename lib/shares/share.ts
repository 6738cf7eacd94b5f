/** Longest title of a share, in UTF-16 code units. */
export const LONGEST_SHARE_TITLE = 120;
export const SHORTEST_SHARE_PASSWORD = 6;
export const LONGEST_SHARE_PASSWORD = 200;

/** What its owner chose; pictures and findings are named "<ordinal of the message>.<place in it, from 0>". */
export interface ShareChoices {
  /** Ordinals of messages of the open branch. */
  messages: number[];
  pictures: string[];
  /** Findings of private-looking.ts that are blacked out. */
  redactions: string[];
  /** Show the owner's name. */
  name: boolean;
  /** Show when each message was written. */
  dates: boolean;
}

/** One's own share, in the list and for changing it. Times are ISO 8601, UTC. */
export interface ShareSummary {
  id: string;
  /** The link's path, as "/s/…". */
  path: string;
  threadId: string;
  title: string;
  messages: number;
  pictures: number;
  views: number;
  hasPassword: boolean;
  allowContinue: boolean;
  titleInPreview: boolean;
  signedInOnly: boolean;
  expiresAt: string | null;
  createdAt: string;
  updatedAt: string;
  /** False: the link leads nowhere any more, or not now. */
  live: boolean;
}

export interface ShareDetail extends ShareSummary {
  choices: ShareChoices;
}

export interface SharePage {
  shares: ShareSummary[];
  nextCursor: string | null;
}

/** What an administrator sees of a share: whose it is and how it is kept, nothing of what is in it, and no link. */
export interface ForeignShare {
  id: string;
  owner: string;
  email: string;
  messages: number;
  pictures: number;
  views: number;
  hasPassword: boolean;
  expiresAt: string | null;
  createdAt: string;
  /** False: the link leads nowhere any more, or not now. */
  live: boolean;
}
