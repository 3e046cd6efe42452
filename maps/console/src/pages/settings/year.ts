/** The days of a year as a wall calendar has them; pure, by civil dates alone. */
import type { DayRow } from "../../api/types";

interface Day {
  day: string;
  number: number;
  /** 1 Monday to 7 Sunday. */
  weekday: number;
}

export interface MonthDays {
  month: string;
  /** Empty places before the first day, in weeks that begin with Monday. */
  blanks: number;
  days: Day[];
}

const two = (value: number): string => String(value).padStart(2, "0");

/** The twelve months of a year, each with its days. */
export function monthsOf(year: number): MonthDays[] {
  return Array.from({ length: 12 }, (_, month) => {
    const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const days = Array.from({ length }, (_, place) => {
      const weekday = new Date(Date.UTC(year, month, place + 1)).getUTCDay() || 7;
      const number = place + 1;
      return { day: `${year}-${two(month + 1)}-${two(number)}`, number, weekday };
    });
    return { month: `${year}-${two(month + 1)}`, blanks: (days[0]?.weekday ?? 1) - 1, days };
  });
}

/** The rows after a day was chosen: what differs from its weekday becomes usual, and the reverse. */
export function toggled(rows: readonly DayRow[], day: string, works: boolean): DayRow[] {
  const others = rows.filter((row) => row.day !== day);
  if (others.length < rows.length) return others;
  return [...others, { day, working: !works, note: "" }].sort((a, b) => (a.day < b.day ? -1 : 1));
}
