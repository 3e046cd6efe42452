import { describe, expect, it } from "vitest";

import { monthsOf, toggled } from "./year";

describe("a year", () => {
  it("has every day once, under its weekday", () => {
    const months = monthsOf(2028);
    const days = months.flatMap((one) => one.days);
    expect(days.length).toBe(366);
    expect(new Set(days.map((one) => one.day)).size).toBe(366);
    expect(months[1]?.days.at(-1)).toEqual({ day: "2028-02-29", number: 29, weekday: 2 });
    for (const { blanks, days } of months) expect(blanks).toBe((days[0]?.weekday ?? 0) - 1);
  });
  it("turns a day into what it is not, and back", () => {
    const holiday = toggled([], "2026-10-01", true);
    expect(holiday).toEqual([{ day: "2026-10-01", working: false, note: "" }]);
    expect(toggled(holiday, "2026-10-01", true)).toEqual([]);
    expect(toggled(holiday, "2026-09-27", false).map((row) => row.working)).toEqual([true, false]);
  });
});
