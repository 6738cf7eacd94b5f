// Days as the person's own calendar has them, yyyy-mm-dd: what an input of type "date" holds.

export const DAY_MS = 86_400_000;

/** The day of this moment, in milliseconds or ISO 8601. */
export function dayOf(moment: number | string): string {
  const date = new Date(moment);
  const twoDigits = (part: number) => String(part).padStart(2, "0");
  const year = String(date.getFullYear()).padStart(4, "0");
  return `${year}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** So many days from now. */
export const dayAfter = (days: number): string => dayOf(Date.now() + days * DAY_MS);

/** The last second of a day, in milliseconds; NaN where it is none. */
export const endOfDay = (day: string): number => new Date(`${day}T23:59:59`).getTime();
