/** What one can begin with; texts in the catalogues under `chat.empty.<start>`. */
export const STARTS = ["letter", "chart", "reply", "compare"] as const;
export type Start = (typeof STARTS)[number];

/** Pictures that scripts/samples.mjs draws. */
export const START_SAMPLES: Partial<Record<Start, string>> = {
  letter: "/samples/invoice.png",
  chart: "/samples/harbour-visits.png",
};
