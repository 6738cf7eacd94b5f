/** One request as a test may see it: shapes and sizes, never contents. */
export type RequestRecord = {
  path: string;
  at: number;
  model?: string;
  stream?: boolean;
  title?: boolean;
  messages?: number;
  roles?: string[];
  images?: { width: number; height: number; bytes: number }[];
  params?: Record<string, unknown>;
  tools?: number;
  fault?: string;
  status?: number;
  piecesSent: number;
  /** The client went away before the end. */
  aborted: boolean;
  /** A fault ended the connection on purpose. */
  dropped?: boolean;
  /** The connection is over, one way or the other. */
  closed: boolean;
  /** What is left of the answer is sent at once. */
  hurried?: boolean;
};

const KEPT = 200;

/** Counts requests for GET /stats. */
export function createStats() {
  let counts = emptyCounts();
  let active = 0;
  let last: RequestRecord[] = [];

  return {
    begin(path: string): RequestRecord {
      const record = { path, at: Date.now(), piecesSent: 0, aborted: false, closed: false };
      counts.seen += 1;
      active += 1;
      counts.maxActive = Math.max(counts.maxActive, active);
      last = [...last.slice(1 - KEPT), record];
      return record;
    },
    /** `whole`: everything that was to be sent has gone out. */
    end(record: RequestRecord, whole: boolean): void {
      const aborted = !whole && !record.dropped;
      active -= 1;
      if (aborted) counts.aborted += 1;
      record.aborted = aborted;
      record.closed = true;
    },
    /** What GET /stats answers; newest request last. */
    read: () => ({ ...counts, active, last }),
    /** For POST /hurry: every answer under way now comes to its end without its pace. */
    hurry(): void {
      for (const record of last) record.hurried ||= !record.closed;
    },
    reset(): void {
      counts = { ...emptyCounts(), maxActive: active };
      last = [];
    },
  };
}

export type Stats = ReturnType<typeof createStats>;

function emptyCounts() {
  return { seen: 0, aborted: 0, maxActive: 0 };
}
