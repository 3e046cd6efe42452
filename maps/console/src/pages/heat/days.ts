/** Civil days, `YYYY-MM-DD`, counted without a clock. */

const DAY = 86_400_000;

const read = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The day so many days later, or earlier. */
export function moved(day: string, days: number): string {
  return new Date(read(day) + days * DAY).toISOString().slice(0, 10);
}

/** How many days one day lies before another. */
export function daysBetween(first: string, last: string): number {
  return Math.round((read(last) - read(first)) / DAY);
}
