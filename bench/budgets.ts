/** What is promised, and what five open chat applications were measured at on the same terms (docs/benchmarks.md). */
export interface Budget {
  what: string;
  unit: string;
  digits: number;
  limit: number;
  /** Null where the peers have nothing like it. */
  peers: { best: number; worst: number } | null;
}

export const BUDGETS = {
  memory: {
    what: "Memory of the idle server",
    unit: "MB",
    digits: 0,
    limit: 150,
    peers: { best: 84, worst: 288 },
  },
  javascript: {
    what: "JavaScript on first load of a thread, compressed",
    unit: "KB",
    digits: 0,
    limit: 200,
    peers: { best: 285, worst: 1200 },
  },
  newChat: {
    what: "Click to first painted word, new chat",
    unit: "ms",
    digits: 0,
    limit: 90,
    peers: { best: 99, worst: 238 },
  },
  nextQuestion: {
    what: "Click to first painted word, next question",
    unit: "ms",
    digits: 0,
    limit: 60,
    peers: { best: 80, worst: 106 },
  },
  script: {
    what: "Script time of a 2,000-token answer",
    unit: "s",
    digits: 2,
    limit: 0.6,
    peers: { best: 1.2, worst: 6.3 },
  },
  longTasks: {
    what: "Tasks over 50 ms during it",
    unit: "",
    digits: 0,
    limit: 0,
    peers: { best: 2, worst: 7 },
  },
  longestTask: {
    what: "Longest task of an extreme answer",
    unit: "ms",
    digits: 0,
    limit: 50,
    peers: null,
  },
  added: {
    what: "Added to the first token over HTTP",
    unit: "ms",
    digits: 1,
    limit: 8,
    peers: { best: 8, worst: 22 },
  },
  cpuPerToken: {
    what: "Server CPU per token, 50 streams",
    unit: "ms",
    digits: 3,
    limit: 0.03,
    peers: { best: 0.2, worst: 0.8 },
  },
  firstTokenUnderLoad: {
    what: "p95 of the first token, 50 streams",
    unit: "ms",
    digits: 0,
    limit: 150,
    peers: { best: 283, worst: 2717 },
  },
  tokenDelay: {
    what: "p95 delay of a token, 200 streams of 50 a second",
    unit: "ms",
    digits: 0,
    limit: 100,
    peers: null,
  },
  dropReady: {
    what: "Photograph of 12 megapixels, drop to ready",
    unit: "ms",
    digits: 0,
    limit: 500,
    peers: null,
  },
  dropHeicReady: {
    what: "The same as HEIC from a telephone",
    unit: "ms",
    digits: 0,
    limit: 2000,
    peers: null,
  },
  dropBytes: {
    what: "Bytes upstream for it",
    unit: "KB",
    digits: 0,
    limit: 300,
    peers: null,
  },
  longThread: {
    what: "Last of 220 messages readable",
    unit: "ms",
    digits: 0,
    limit: 300,
    peers: { best: 884, worst: 3661 },
  },
  sharedScript: { what: "Script of a shared page, as it is", unit: "KB", digits: 1, limit: 10, peers: null },
  sharedBytes: {
    what: "Shared page of 2,000 tokens, all bytes",
    unit: "KB",
    digits: 0,
    limit: 150,
    peers: null,
  },
  sharedPaint: { what: "Its last and largest paint", unit: "ms", digits: 0, limit: 300, peers: null },
  hostileGrowth: {
    what: "Server's growth over all hostile files",
    unit: "MB",
    digits: 0,
    limit: 150,
    peers: null,
  },
  hostileGrowthAll: {
    what: "The same of all its processes",
    unit: "MB",
    digits: 0,
    limit: 1500,
    peers: null,
  },
  hostileGap: {
    what: "Longest time between two tokens meanwhile",
    unit: "ms",
    digits: 0,
    limit: 150,
    peers: null,
  },
} satisfies Record<string, Budget>;

export type BudgetName = keyof typeof BUDGETS;
