/** Months, quarters, half-years and years as the server writes them: 2026-10, 2026-Q4, 2026-H2. */

export const LENGTHS = { month: 1, quarter: 3, half: 6, year: 12 } as const;
export type Length = keyof typeof LENGTHS;

/** The newest spans up to the one that holds a civil day. */
export function lastSpans(length: Length, today: string, count: number): string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const aYear = 12 / LENGTHS[length];
  const place = year * aYear + Math.floor((month - 1) / LENGTHS[length]);
  return Array.from({ length: count }, (_, back) => code(length, place - back, aYear));
}

function code(length: Length, place: number, aYear: number): string {
  const [year, no] = [Math.floor(place / aYear), (place % aYear) + 1];
  switch (length) {
    case "month":
      return `${year}-${String(no).padStart(2, "0")}`;
    case "quarter":
      return `${year}-Q${no}`;
    case "half":
      return `${year}-H${no}`;
    case "year":
      return String(year);
  }
}

/** The first day of a span, and the first day after it. */
export function spanDays(written: string): [string, string] | null {
  const found = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?$/.exec(written);
  if (!found) return null;
  const [, year, quarter, half, month] = found;
  const [first, months] = quarter
    ? [(Number(quarter) - 1) * 3, 3]
    : half
      ? [(Number(half) - 1) * 6, 6]
      : month
        ? [Number(month) - 1, 1]
        : [0, 12];
  const day = (place: number) =>
    `${Number(year) + Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, "0")}-01`;
  return [day(first), day(first + months)];
}
