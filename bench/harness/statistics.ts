/** The middle one; of an even number the lower of the two, as the peers were counted. NaN of none. */
export const median = (values: number[]): number => percentile(values, 0.5);

/** The smallest value that this share (0 to 1) of all values does not exceed. NaN of none. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
