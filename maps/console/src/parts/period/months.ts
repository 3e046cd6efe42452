/** Months of the district, as the address names them: `2026-10`. */

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** The month that follows. */
export function following(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

/** The last twelve months up to the one of a civil day, the newest first. */
export function lastMonths(today: string, count = 12): string[] {
  const [year = 0, number = 1] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => {
    const month = year * 12 + (number - 1) - back;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

/** The month that the address names, if it is one. */
export function readMonth(text: string | null): string | null {
  return text && MONTH.test(text) ? text : null;
}
