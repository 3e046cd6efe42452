import { describe, expect, it } from "vitest";

import { daysBetween, moved } from "./days";

describe("days", () => {
  it("go over months, leap days and years", () => {
    expect(moved("2028-02-28", 1)).toBe("2028-02-29");
    expect(moved("2027-02-28", 1)).toBe("2027-03-01");
    expect(moved("2027-01-01", -1)).toBe("2026-12-31");
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
  });

  it("come back to where they began", () => {
    for (const days of [0, 1, 89, 364, 1000]) {
      expect(daysBetween("2026-11-28", moved("2026-11-28", days))).toBe(days);
    }
  });
});
